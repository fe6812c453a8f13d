package io.nelbo.model.calibrate;

import static io.nelbo.model.Preconditions.requireArgument;

import org.apache.commons.math3.distribution.BetaDistribution;
import org.apache.commons.math3.special.Beta;

/**
 * How many of some fresh normal rows may alarm if a calibrated border keeps its promise.
 *
 * <p>A border set at the k-th largest of n independent statistics is crossed with a probability
 * that is itself random, {@code Beta(k, n + 1 - k)} with {@code k = floor(rate (n + 1))} (Vovk
 * 2012, conditional validity of inductive conformal predictors), so that the count of m independent
 * rows is beta-binomial. A plain binomial interval would forget that the border was estimated.
 *
 * @param low the count below which at most a fortieth of such borders falls
 * @param high likewise, above which
 */
public record BorderInterval(long low, long high) {
  private static final double TAIL = 0.025;
  private static final double SURE = 0.95;

  /**
   * The central 95 % interval.
   *
   * @param rate of the border, in (0, 1)
   * @param effectiveSample independent statistics that the border was set with, not only whole ones
   * @param rows fresh ones, independent of one another
   * @throws IllegalArgumentException when the sample is too small for a border at this rate
   */
  public static BorderInterval of(double rate, double effectiveSample, long rows) {
    requireArgument(rate > 0 && rate < 1, "rate must lie in (0, 1), got %s", rate);
    requireArgument(rows > 0, "rows must be positive, got %s", rows);
    double rank = rank(rate, effectiveSample);
    requireArgument(
        rank >= 1,
        "%s independent statistics set no border at a rate of %s",
        effectiveSample,
        rate);
    double rest = effectiveSample + 1 - rank;
    double logMass = Beta.logBeta(rank, rest + rows) - Beta.logBeta(rank, rest);
    double below = Math.exp(logMass);
    long count = 0;
    long low = below >= TAIL ? 0 : -1;
    while (below < 1 - TAIL && count < rows) {
      logMass += Math.log((rows - count) / (count + 1.0));
      logMass += Math.log((count + rank) / (rows - count - 1 + rest));
      below += Math.exp(logMass);
      count++;
      if (low < 0 && below >= TAIL) {
        low = count;
      }
    }
    return new BorderInterval(low, count);
  }

  /**
   * The highest rate at which normal rows may really cross a border, with 95 % certainty: chance
   * may have set it so low.
   *
   * @param rate asked of the border; one that the sample cannot set is raised to the least it can
   */
  public static double highestRate(double rate, double effectiveSample) {
    double rank = Math.max(1, rank(rate, effectiveSample));
    return new BetaDistribution(null, rank, effectiveSample + 1 - rank)
        .inverseCumulativeProbability(SURE);
  }

  /** An asked rate of 1 / (n + 1) must not lose its only row to rounding. */
  private static double rank(double rate, double effectiveSample) {
    return Math.floor(rate * (effectiveSample + 1) * (1 + 1e-12));
  }

  public boolean contains(long count) {
    return count >= low && count <= high;
  }
}
