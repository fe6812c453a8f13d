package io.nelbo.jobs.evaluate;

import io.nelbo.model.detect.Detections;
import java.util.Arrays;

/** What the detector says of each row of a set. */
final class RowScores {
  private final double[] statistic;
  private final double[] score;
  private final double[] pValue;

  RowScores(int rows) {
    statistic = new double[rows];
    score = new double[rows];
    pValue = new double[rows];
    Arrays.fill(pValue, 1);
    Arrays.fill(statistic, Double.NEGATIVE_INFINITY);
  }

  void take(Detections detections, int first) {
    for (int row = 0; row < detections.size(); row++) {
      if (detections.observed(row)) {
        statistic[first + row] = detections.statistic(row);
        score[first + row] = detections.score(row);
        pValue[first + row] = detections.pValue(row);
      }
    }
  }

  /** For ranking: the calibrated statistic in nats; negative infinity where there is none. */
  double[] statistic() {
    return statistic;
  }

  /** For alerting: 1.0 is the border; 0 where there is none. */
  double[] score() {
    return score;
  }

  /** Share of normal rows at least as strange; 1 where there is none. */
  double[] pValue() {
    return pValue;
  }
}
