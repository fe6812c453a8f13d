package io.nelbo.model.evaluate;

import static io.nelbo.model.Preconditions.requireArgument;

import java.util.Arrays;
import java.util.Comparator;
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
    Integer[] order = descending(scores, anomalous);
    double pairs = 0;
    double anomaliesAbove = 0;
    double normals = 0;
    for (int start = 0; start < order.length; ) {
      int end = endOfTie(scores, order, start);
      double tiedAnomalies = anomalies(anomalous, order, start, end);
      double tiedNormals = end - start - tiedAnomalies;
      pairs += tiedNormals * (anomaliesAbove + tiedAnomalies / 2);
      anomaliesAbove += tiedAnomalies;
      normals += tiedNormals;
      start = end;
    }
    return anomaliesAbove == 0 || normals == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(pairs / (anomaliesAbove * normals));
  }

  /**
   * Average precision, {@code sum over distinct scores of (recall_k - recall_k-1) precision_k}: the
   * step-wise area under the precision-recall curve, ties taken together, without interpolation
   * (Davis and Goadrich 2006 on why not linear).
   *
   * @throws IllegalArgumentException when the lengths differ or a score is NaN
   */
  public static OptionalDouble averagePrecision(double[] scores, boolean[] anomalous) {
    Integer[] order = descending(scores, anomalous);
    double sum = 0;
    double found = 0;
    for (int start = 0; start < order.length; ) {
      int end = endOfTie(scores, order, start);
      double tiedAnomalies = anomalies(anomalous, order, start, end);
      found += tiedAnomalies;
      sum += tiedAnomalies * found / end;
      start = end;
    }
    return found == 0 || found == order.length
        ? OptionalDouble.empty()
        : OptionalDouble.of(sum / found);
  }

  private static Integer[] descending(double[] scores, boolean[] anomalous) {
    requireArgument(
        scores.length == anomalous.length,
        "scores and labels must have the same length, got %s and %s",
        scores.length,
        anomalous.length);
    Integer[] order = new Integer[scores.length];
    for (int index = 0; index < order.length; index++) {
      requireArgument(!Double.isNaN(scores[index]), "score %s must be a number, got NaN", index);
      order[index] = index;
    }
    Arrays.sort(order, Comparator.comparingDouble(index -> -scores[index]));
    return order;
  }

  private static int endOfTie(double[] scores, Integer[] order, int start) {
    int end = start + 1;
    while (end < order.length && scores[order[end]] == scores[order[start]]) {
      end++;
    }
    return end;
  }

  private static double anomalies(boolean[] anomalous, Integer[] order, int start, int end) {
    int count = 0;
    for (int index = start; index < end; index++) {
      count += anomalous[order[index]] ? 1 : 0;
    }
    return count;
  }
}
