package io.nelbo.model.train;

import io.nelbo.model.calibrate.RecentScores;
import io.nelbo.model.fit.ScaledSpan;
import io.nelbo.model.fit.Windows;
import java.util.function.DoubleUnaryOperator;

/**
 * Means over the windows of a span that follow each other, as {@link RecentScores} has them on a
 * stream: a record whose window nobody has judged counts as 0.
 */
final class RunningMeans {
  private final double[][] scores;
  private final DoubleUnaryOperator standardised;

  RunningMeans(ScaledSpan span, DoubleUnaryOperator standardised) {
    this.standardised = standardised;
    scores = new double[span.segments()][];
    for (int segment = 0; segment < scores.length; segment++) {
      scores[segment] = new double[span.records(segment)];
    }
  }

  void add(Windows windows, double[] statistics) {
    for (int window = 0; window < windows.size(); window++) {
      scores[windows.segment(window)][windows.row(window)] =
          standardised.applyAsDouble(statistics[window]);
    }
  }

  /** At each window, over so many records. */
  double[] at(Windows windows, int records) {
    double[] means = new double[windows.size()];
    for (int window = 0; window < means.length; window++) {
      means[window] =
          RecentScores.mean(scores[windows.segment(window)], windows.row(window), records);
    }
    return means;
  }
}
