package io.nelbo.model.evaluate;

import static io.nelbo.model.Preconditions.requireArgument;

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
    // An asked rate of 1 / (n + 1) must not lose its only row to rounding.
    double rank = Math.floor(rate * (effectiveSample + 1) * (1 + 1e-12));
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

  public boolean contains(long count) {
    return count >= low && count <= high;
  }
}
