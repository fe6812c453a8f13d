package io.nelbo.jobs.replay.metrics;

import static io.nelbo.model.Preconditions.requireArgument;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Labelled scores from the highest to the lowest, equal ones taken together.
 *
 * @param ties one per distinct score, descending
 * @param anomalies in all
 */
record Ranking(List<Tie> ties, long anomalies) {

  /** Rows of equal score. */
  record Tie(double score, long rows, long anomalies) {}

  /**
   * @throws IllegalArgumentException when the lengths differ or a score is NaN
   */
  static Ranking of(double[] scores, boolean[] anomalous) {
    requireArgument(
        scores.length == anomalous.length,
        "scores and labels must have the same length, got %s and %s",
        scores.length,
        anomalous.length);
    Integer[] order = new Integer[scores.length];
    for (int row = 0; row < order.length; row++) {
      requireArgument(!Double.isNaN(scores[row]), "score %s must be a number, got NaN", row);
      order[row] = row;
    }
    Arrays.sort(order, Comparator.comparingDouble(row -> -scores[row]));
    List<Tie> ties = new ArrayList<>();
    long allAnomalies = 0;
    for (int start = 0; start < order.length; ) {
      double score = scores[order[start]];
      int end = start;
      long anomalies = 0;
      while (end < order.length && scores[order[end]] == score) {
        anomalies += anomalous[order[end]] ? 1 : 0;
        end++;
      }
      ties.add(new Tie(score, (long) end - start, anomalies));
      allAnomalies += anomalies;
      start = end;
    }
    return new Ranking(ties, allAnomalies);
  }
}
