package io.nelbo.jobs.replay.metrics;

import java.util.OptionalDouble;

/** How well scores rank anomalies above normal records; empty when the labels are all equal. */
public final class RankingMetrics {
  private RankingMetrics() {}

  /**
   * Area under the ROC curve: the share of pairs (anomalous, normal) in the right order, ties
   * counted half (Mann and Whitney 1947; Hanley and McNeil 1982).
   *
   * @throws IllegalArgumentException when the lengths differ or a score is NaN
   */
  public static OptionalDouble auroc(double[] scores, boolean[] anomalous) {
    Ranking ranking = Ranking.of(scores, anomalous);
    double normals = scores.length - ranking.anomalies();
    double pairs = 0;
    double anomaliesAbove = 0;
    for (Ranking.Tie tie : ranking.ties()) {
      pairs += (tie.rows() - tie.anomalies()) * (anomaliesAbove + tie.anomalies() / 2.0);
      anomaliesAbove += tie.anomalies();
    }
    return ranking.anomalies() == 0 || normals == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(pairs / (ranking.anomalies() * normals));
  }

  /**
   * Average precision, {@code sum over distinct scores of (recall_k - recall_k-1) precision_k}: the
   * step-wise area under the precision-recall curve, ties taken together, without interpolation
   * (Davis and Goadrich 2006 on why not linear).
   *
   * @throws IllegalArgumentException when the lengths differ or a score is NaN
   */
  public static OptionalDouble averagePrecision(double[] scores, boolean[] anomalous) {
    Ranking ranking = Ranking.of(scores, anomalous);
    double sum = 0;
    double rows = 0;
    double found = 0;
    for (Ranking.Tie tie : ranking.ties()) {
      rows += tie.rows();
      found += tie.anomalies();
      sum += tie.anomalies() * found / rows;
    }
    return found == 0 || found == rows ? OptionalDouble.empty() : OptionalDouble.of(sum / found);
  }
}
