package io.nelbo.jobs.evaluate.metrics;

import static io.nelbo.model.Preconditions.requireArgument;

import io.nelbo.jobs.replay.metrics.RowRange;
import java.util.List;

/**
 * One file of the Numenta Anomaly Benchmark, scored.
 *
 * <p>Holds its array without copying; the owner must not change it.
 *
 * @param scores one per row of the file, probation included, higher is stranger
 * @param windows the labelled anomaly windows, ascending and disjoint
 */
@SuppressWarnings("ArrayRecordComponent") // read row by row, never compared
public record NabSeries(double[] scores, List<RowRange> windows) {
  public NabSeries {
    windows = List.copyOf(windows);
    int next = 0;
    for (RowRange window : windows) {
      requireArgument(
          window.first() >= next && window.last() < scores.length,
          "windows must ascend, be disjoint and lie in %s rows, got %s",
          scores.length,
          window);
      next = window.last() + 1;
    }
    for (double score : scores) {
      requireArgument(!Double.isNaN(score), "scores must be numbers, got NaN");
    }
  }

  /** Rows at the start that are not scored: 15 %, of at most 5,000 rows. */
  int probation() {
    return (int) Math.min(Math.floor(0.15 * scores.length), 750);
  }
}
