package io.nelbo.jobs.evaluate.metrics;

/**
 * What hits and errors are worth in the Numenta Anomaly Benchmark (Lavin and Ahmad 2015, ICMLA).
 *
 * @param truePositive weight of a window found at its start
 * @param falsePositive weight of an alarm far from all windows
 * @param falseNegative weight of a missed window
 */
public record NabProfile(double truePositive, double falsePositive, double falseNegative) {
  public static final NabProfile STANDARD = new NabProfile(1, 0.11, 1);
  public static final NabProfile REWARD_LOW_FALSE_POSITIVES = new NabProfile(1, 0.22, 1);
  public static final NabProfile REWARD_LOW_FALSE_NEGATIVES = new NabProfile(1, 0.11, 2);
}
