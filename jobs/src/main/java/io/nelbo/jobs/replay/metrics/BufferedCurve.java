package io.nelbo.jobs.replay.metrics;

import java.util.List;

/**
 * The ROC and precision-recall points of one buffer length, see {@link VolumeUnderSurface}; each
 * row is visited once per buffer, however many thresholds there are.
 */
final class BufferedCurve {
  private final double[] truePositiveRate;
  private final double[] falsePositiveRate;
  private final double[] precision;

  /**
   * @param firstAlarm for each row the first threshold at which it alarms
   * @param positives rows inside events
   */
  BufferedCurve(
      int[] firstAlarm,
      int thresholds,
      boolean[] anomalous,
      List<RowRange> events,
      int positives,
      int buffer) {
    truePositiveRate = new double[thresholds];
    falsePositiveRate = new double[thresholds];
    precision = new double[thresholds];
    double[] labels = bufferLabels(anomalous, events, buffer);
    double[] alarms = new double[thresholds];
    double[] inEvents = new double[thresholds];
    double[] inBuffers = new double[thresholds];
    for (int row = 0; row < labels.length; row++) {
      alarms[firstAlarm[row]]++;
      if (anomalous[row]) {
        inEvents[firstAlarm[row]]++;
      } else {
        inBuffers[firstAlarm[row]] += labels[row];
      }
    }
    double[] foundShare = foundShares(firstAlarm, events, thresholds, buffer);
    double alarmed = 0;
    double eventRows = 0;
    double bufferRows = 0;
    double found = 0;
    for (int index = 0; index < thresholds; index++) {
      alarmed += alarms[index];
      eventRows += inEvents[index];
      bufferRows += inBuffers[index];
      found += foundShare[index];
      double truePositives = eventRows + bufferRows;
      double expected = positives + bufferRows / 2;
      truePositiveRate[index] = Math.min(truePositives / expected, 1) * found;
      falsePositiveRate[index] = (alarmed - truePositives) / (labels.length - expected);
      precision[index] = truePositives / alarmed;
    }
  }

  /** By trapezoids from (0, 0) to (1, 1). */
  double rocArea() {
    double area = 0;
    double lastX = 0;
    double lastY = 0;
    for (int index = 0; index < truePositiveRate.length; index++) {
      area += (falsePositiveRate[index] - lastX) * (truePositiveRate[index] + lastY) / 2;
      lastX = falsePositiveRate[index];
      lastY = truePositiveRate[index];
    }
    return area + (1 - lastX) * (1 + lastY) / 2;
  }

  /** By steps, each at the precision where it ends. */
  double precisionRecallArea() {
    double area = 0;
    double lastRecall = 0;
    for (int index = 0; index < truePositiveRate.length; index++) {
      area += (truePositiveRate[index] - lastRecall) * precision[index];
      lastRecall = truePositiveRate[index];
    }
    return area;
  }

  /** Labels of the rows around events, at most 1; those inside are not used. */
  private static double[] bufferLabels(boolean[] anomalous, List<RowRange> events, int buffer) {
    double[] labels = new double[anomalous.length];
    for (RowRange event : events) {
      for (int distance = 1; distance <= buffer / 2; distance++) {
        double label = Math.sqrt(1 - distance / (double) buffer);
        add(labels, event.first() - distance, label);
        add(labels, event.last() + distance, label);
      }
    }
    return labels;
  }

  private static void add(double[] labels, int row, double label) {
    if (row >= 0 && row < labels.length) {
      labels[row] = Math.min(1, labels[row] + label);
    }
  }

  /** For each threshold the share of buffered events whose first alarm comes with it. */
  private static double[] foundShares(
      int[] firstAlarm, List<RowRange> events, int thresholds, int buffer) {
    double[] found = new double[thresholds];
    int half = buffer / 2;
    int merged = 0;
    int earliest = thresholds;
    for (int index = 0; index < events.size(); index++) {
      RowRange event = events.get(index);
      int first = Math.max(0, event.first() - half);
      int last = Math.min(firstAlarm.length - 1, event.last() + half);
      for (int row = first; row <= last; row++) {
        earliest = Math.min(earliest, firstAlarm[row]);
      }
      boolean joinsNext =
          index + 1 < events.size() && event.last() + half >= events.get(index + 1).first() - half;
      if (!joinsNext) {
        found[earliest]++;
        merged++;
        earliest = thresholds;
      }
    }
    for (int threshold = 0; threshold < thresholds; threshold++) {
      found[threshold] /= merged;
    }
    return found;
  }
}
