package io.nelbo.jobs.evaluate;

import io.nelbo.model.detect.Detections;
import java.util.Arrays;

/** What the detector says of each row of a set; where it smooths, of the mean that alarms. */
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

  /**
   * @param first the first detection's row; negative where rows of the lead-in come first
   */
  void take(Detections detections, int first) {
    for (int row = Math.max(0, -first); row < detections.size(); row++) {
      if (!detections.observed(row)) {
        continue;
      }
      boolean smoothed = !Double.isNaN(detections.smoothedScore(row));
      statistic[first + row] = detections.alertStatistic(row);
      score[first + row] = detections.alertScore(row);
      pValue[first + row] = smoothed ? detections.smoothedPValue(row) : detections.pValue(row);
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
