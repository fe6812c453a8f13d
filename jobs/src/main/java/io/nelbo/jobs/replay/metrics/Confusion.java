package io.nelbo.jobs.replay.metrics;

import static io.nelbo.model.Preconditions.requireArgument;

/**
 * How alarms and labels meet, row by row.
 *
 * @param truePositives anomalous and alarmed
 * @param falsePositives normal and alarmed
 * @param falseNegatives anomalous and silent
 * @param trueNegatives normal and silent
 */
public record Confusion(
    long truePositives, long falsePositives, long falseNegatives, long trueNegatives) {

  public static Confusion of(boolean[] alarmed, boolean[] anomalous) {
    requireArgument(
        alarmed.length == anomalous.length,
        "alarms and labels must have the same length, got %s and %s",
        alarmed.length,
        anomalous.length);
    long[] counts = new long[4];
    for (int row = 0; row < alarmed.length; row++) {
      counts[(alarmed[row] ? 2 : 0) + (anomalous[row] ? 1 : 0)]++;
    }
    return new Confusion(counts[3], counts[2], counts[1], counts[0]);
  }

  /** Share of alarms that are right; 0 without alarms. */
  public double precision() {
    return Ratios.ofOrZero(truePositives, truePositives + falsePositives);
  }

  /** Share of anomalous rows that alarm; 0 without anomalies. */
  public double recall() {
    return Ratios.ofOrZero(truePositives, truePositives + falseNegatives);
  }

  /** Harmonic mean of precision and recall; 0 without true positives. */
  public double f1() {
    return Ratios.ofOrZero(2 * truePositives, 2 * truePositives + falsePositives + falseNegatives);
  }
}
