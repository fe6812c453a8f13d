package io.nelbo.model.calibrate;

import static io.nelbo.model.Preconditions.requireArgument;

import java.util.Arrays;

/**
 * Turns a statistic into the share of normal windows that would look at least as strange; fitted to
 * held-out normal windows, immutable, thread-safe.
 *
 * <p>Within the data, {@code p = (1 + #{held-out >= statistic}) / (n + 1)} at every held-out value
 * (the conformal p-value: Vovk, Gammerman and Shafer 2005; Davison and Hinkley 1997, 4.2), and
 * between two of them log p runs linearly, which is never below that count: for exchangeable data
 * {@code P(p <= a) <= a} holds in finite samples. Beyond the largest held-out value a
 * generalised-Pareto tail continues from 2 / (n + 1), which falls strictly for ever, so that the
 * worst stay ranked. At and below the smallest held-out value p is 1.
 */
public final class Calibration {
  private final CalibrationTable table;
  private final double[] logPValues;
  private final GeneralisedPareto tail;
  private final double logSurvivalAtLargest;

  private Calibration(CalibrationTable table) {
    this.table = table;
    this.tail = new GeneralisedPareto(table.tailShape(), table.tailScale());
    this.logPValues = new double[table.statistics().length];
    for (int knot = 0; knot < logPValues.length; knot++) {
      logPValues[knot] = Math.log((1.0 + table.atLeast()[knot]) / (table.sample() + 1.0));
    }
    this.logSurvivalAtLargest = tail.logSurvival(largest() - table.tailThreshold());
    requireArgument(
        Double.isFinite(logSurvivalAtLargest),
        "the tail gives the largest statistic %s the log survival %s, expected a finite number",
        largest(),
        logSurvivalAtLargest);
  }

  public static Calibration of(CalibrationTable table) {
    return new Calibration(table);
  }

  /**
   * Fits to held-out statistics.
   *
   * @param heldOutStatistics of normal windows that neither fitting nor stopping has seen, in nats,
   *     in any order, at least one
   * @param effectiveSample how many independent ones they are worth, in [1, n]
   * @throws IllegalArgumentException when a statistic is not finite
   */
  public static Calibration fit(double[] heldOutStatistics, double effectiveSample) {
    return new Calibration(CalibrationFit.fit(heldOutStatistics, effectiveSample));
  }

  /** Share of normal windows at least as strange, in [0, 1]; underflows to 0 far out. */
  public double pValue(double statistic) {
    return Math.exp(logPValue(statistic));
  }

  /**
   * Natural logarithm of the p-value, at most 0; falls strictly above the smallest held-out value.
   *
   * @throws IllegalArgumentException when the statistic is not a number
   */
  public double logPValue(double statistic) {
    requireArgument(!Double.isNaN(statistic), "statistic must be a number, got %s", statistic);
    double[] statistics = table.statistics();
    if (statistic <= statistics[0]) {
      return 0;
    }
    if (statistic > largest()) {
      double beyond = tail.logSurvival(statistic - table.tailThreshold()) - logSurvivalAtLargest;
      return Math.log(2 / (table.sample() + 1.0)) + beyond;
    }
    int found = Arrays.binarySearch(statistics, statistic);
    if (found >= 0) {
      return logPValues[found];
    }
    int above = -found - 1;
    double share =
        (statistic - statistics[above - 1]) / (statistics[above] - statistics[above - 1]);
    return logPValues[above - 1] + share * (logPValues[above] - logPValues[above - 1]);
  }

  /** Whether the statistic lies beyond all held-out data, so that its p-value is the tail's. */
  public boolean extrapolated(double statistic) {
    return statistic > largest();
  }

  /**
   * The smallest false-alarm rate that the sample can support: {@code 1 / (effectiveSample + 1)}.
   *
   * <p>The p-value of a window stranger than all m independent held-out ones is 1 / (m + 1); any
   * smaller border rests on the shape of the tail alone, which no record has tested.
   */
  public double smallestRate() {
    return 1 / (table.effectiveSample() + 1);
  }

  /** The p-value at which to alert: the asked rate, or the smallest one supported if larger. */
  public double borderPValue(double askedRate) {
    requireArgument(
        askedRate > 0 && askedRate < 1, "askedRate must lie in (0, 1), got %s", askedRate);
    return Math.max(askedRate, smallestRate());
  }

  public CalibrationTable table() {
    return table;
  }

  private double largest() {
    return table.statistics()[table.statistics().length - 1];
  }
}
