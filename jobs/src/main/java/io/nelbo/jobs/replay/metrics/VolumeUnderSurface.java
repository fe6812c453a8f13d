package io.nelbo.jobs.replay.metrics;

import static io.nelbo.model.Preconditions.requireArgument;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Areas under the ROC and precision-recall curves that forgive alarms near an event, averaged over
 * all buffer lengths from 0 to a largest one (Paparrizos et al. 2022, PVLDB 15: VUS-ROC, VUS-PR).
 *
 * <p>For a buffer of length b, rows at distance d of at most b / 2 from an event have the label
 * {@code sqrt(1 - d / b)}, overlapping buffers add up to at most 1. At a threshold, with alarms A,
 * events' rows P and labels l:
 *
 * <pre>
 *   TP        = sum of l over A
 *   positives = (P + P') / 2,  P' = P + sum of l over the alarmed buffer rows
 *   TPR       = min(TP / positives, 1) * share of (buffered, merged) events with an alarm
 *   FPR       = (|A| - TP) / (rows - positives)
 *   precision = TP / |A|
 * </pre>
 *
 * <p>The paper leaves details open; they follow its authors' evaluation of the TSB-AD benchmark
 * (Liu and Paparrizos 2024), so that figures are comparable with its leaderboard: 250 thresholds
 * evenly spread over the ranks, buffer rows count as positives only when alarmed, the ROC area by
 * trapezoids with (1, 1) as the last point, the precision-recall area by steps. The paper's first
 * code differs in the last two points on the PR side.
 *
 * @param roc VUS-ROC, in [0, 1]
 * @param pr VUS-PR, in [0, 1]
 */
public record VolumeUnderSurface(double roc, double pr) {
  private static final int THRESHOLDS = 250;

  /**
   * Both volumes; empty when no row is anomalous or all are.
   *
   * @param maxBuffer largest buffer length in rows, often 100 or the series' period; report it,
   *     because figures of different buffers cannot be compared
   */
  public static Optional<VolumeUnderSurface> of(
      double[] scores, boolean[] anomalous, int maxBuffer) {
    requireArgument(
        scores.length == anomalous.length,
        "scores and labels must have the same length, got %s and %s",
        scores.length,
        anomalous.length);
    requireArgument(maxBuffer >= 0, "maxBuffer must not be negative, got %s", maxBuffer);
    List<RowRange> events = RowRange.runsOf(anomalous);
    int positives = events.stream().mapToInt(RowRange::length).sum();
    if (positives == 0 || positives == scores.length) {
      return Optional.empty();
    }
    int[] firstAlarm = firstAlarms(scores);
    double roc = 0;
    double pr = 0;
    for (int buffer = 0; buffer <= maxBuffer; buffer++) {
      BufferedCurve curve =
          new BufferedCurve(firstAlarm, THRESHOLDS, anomalous, events, positives, buffer);
      roc += curve.rocArea() / (maxBuffer + 1);
      pr += curve.precisionRecallArea() / (maxBuffer + 1);
    }
    return Optional.of(new VolumeUnderSurface(roc, pr));
  }

  /** For each row the first of the falling thresholds at which it alarms. */
  private static int[] firstAlarms(double[] scores) {
    double[] ascending = scores.clone();
    Arrays.sort(ascending);
    requireArgument(
        !Double.isNaN(ascending[ascending.length - 1]), "scores must be numbers, got NaN");
    int last = ascending.length - 1;
    double[] thresholds = new double[THRESHOLDS];
    for (int index = 0; index < THRESHOLDS; index++) {
      int rank = (int) (index * (last / (THRESHOLDS - 1.0)));
      thresholds[index] = ascending[last - rank];
    }
    thresholds[THRESHOLDS - 1] = ascending[0];
    int[] firstAlarm = new int[scores.length];
    for (int row = 0; row < scores.length; row++) {
      firstAlarm[row] = firstAtMost(thresholds, scores[row]);
    }
    return firstAlarm;
  }

  private static int firstAtMost(double[] falling, double score) {
    int low = 0;
    int high = falling.length - 1;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (falling[middle] <= score) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }
}
