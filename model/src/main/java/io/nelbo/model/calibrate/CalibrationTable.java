package io.nelbo.model.calibrate;

import static io.nelbo.model.Preconditions.requireArgument;

/**
 * What a {@link Calibration} is made of, for the manifest.
 *
 * <p>Holds its arrays without copying; the owner must not change them.
 *
 * @param statistics held-out statistics in nats, strictly ascending: all of the upper tail, the
 *     rest thinned; the last is the largest that was seen
 * @param atLeast how many held-out statistics were at least as large as each of them; descending
 * @param sample how many held-out statistics there were
 * @param effectiveSample how many independent ones they are worth, in [1, sample]
 * @param tailThreshold where the tail begins, in nats
 * @param tailShape of the generalised-Pareto tail, in [0, 0.5]
 * @param tailScale of the generalised-Pareto tail, in nats
 */
@SuppressWarnings("ArrayRecordComponent") // a table, never compared as a record
public record CalibrationTable(
    double[] statistics,
    long[] atLeast,
    long sample,
    double effectiveSample,
    double tailThreshold,
    double tailShape,
    double tailScale) {
  public CalibrationTable {
    requireArgument(
        statistics.length > 0 && statistics.length == atLeast.length,
        "calibration needs one count per statistic and at least one, got %s and %s",
        statistics.length,
        atLeast.length);
    for (int knot = 0; knot < statistics.length; knot++) {
      requireArgument(
          Double.isFinite(statistics[knot]),
          "statistic %s must be finite, got %s",
          knot,
          statistics[knot]);
      requireArgument(
          knot == 0
              || (statistics[knot] > statistics[knot - 1] && atLeast[knot] < atLeast[knot - 1]),
          "statistics must ascend and counts descend, they do not at %s",
          knot);
    }
    requireArgument(
        atLeast[atLeast.length - 1] >= 1 && atLeast[0] == sample,
        "counts must fall from sample (%s) to at least 1, got %s..%s",
        sample,
        atLeast[0],
        atLeast[atLeast.length - 1]);
    requireArgument(
        effectiveSample >= 1 && effectiveSample <= sample,
        "effectiveSample must lie in [1, %s], got %s",
        sample,
        effectiveSample);
    requireArgument(
        tailThreshold <= statistics[statistics.length - 1],
        "tailThreshold must not exceed the largest statistic %s, got %s",
        statistics[statistics.length - 1],
        tailThreshold);
    requireArgument(
        Double.isFinite(tailThreshold), "tailThreshold must be finite, got %s", tailThreshold);
    requireArgument(
        tailShape >= 0 && tailShape <= 0.5, "tailShape must lie in [0, 0.5], got %s", tailShape);
    requireArgument(
        tailScale > 0 && Double.isFinite(tailScale),
        "tailScale must be finite and positive, got %s",
        tailScale);
  }

  /** The largest held-out statistic, in nats. */
  double largest() {
    return statistics[statistics.length - 1];
  }

  /** How many held-out records alarm together, on average, where nothing is wrong; at least 1. */
  public double clusterLength() {
    return sample / effectiveSample;
  }
}
