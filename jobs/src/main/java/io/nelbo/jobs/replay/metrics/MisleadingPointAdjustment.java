package io.nelbo.jobs.replay.metrics;

import static io.nelbo.model.Preconditions.requireArgument;

/**
 * Point adjustment (Xu et al. 2018, WWW): one alarm inside an event makes all of its rows count as
 * found.
 *
 * <p>Misleading, and named so: with long events a random score reaches a high F1 (Kim et al. 2022,
 * AAAI). Here only to compare with publications that report nothing else; never to choose a model.
 */
public final class MisleadingPointAdjustment {
  private MisleadingPointAdjustment() {}

  /**
   * Scores with every event's rows raised to the event's highest: at any border their alarms are
   * the point-adjusted ones.
   */
  public static double[] adjust(double[] scores, boolean[] anomalous) {
    requireArgument(
        scores.length == anomalous.length,
        "scores and labels must have the same length, got %s and %s",
        scores.length,
        anomalous.length);
    double[] adjusted = scores.clone();
    for (RowRange event : RowRange.runsOf(anomalous)) {
      double highest = Double.NEGATIVE_INFINITY;
      for (int row = event.first(); row <= event.last(); row++) {
        highest = Math.max(highest, scores[row]);
      }
      for (int row = event.first(); row <= event.last(); row++) {
        adjusted[row] = highest;
      }
    }
    return adjusted;
  }
}
