package io.nelbo.model.evaluate;

import java.util.OptionalDouble;

/** How well scores rank anomalies above normal records; empty when the labels are all equal. */
public final class RankingMetrics {
  private RankingMetrics() {}

  /** Area under the ROC curve, ties counted half (Mann-Whitney). */
  public static OptionalDouble auroc(double[] scores, boolean[] anomalous) {
    throw new UnsupportedOperationException();
  }

  /**
   * Average precision: the step-wise area under the precision-recall curve, ties taken together.
   */
  public static OptionalDouble averagePrecision(double[] scores, boolean[] anomalous) {
    throw new UnsupportedOperationException();
  }
}
