package io.nelbo.model.learn;

import io.nelbo.model.artifact.ModelArtifact;
import io.nelbo.model.detect.Detections;
import io.nelbo.model.detect.Detector;
import io.nelbo.model.detect.DetectorSettings;
import io.nelbo.model.record.Segment;
import io.nelbo.model.train.TrainingSpan;
import io.nelbo.model.window.WindowBatch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What the incumbent says of every record of a span.
 *
 * @param pValues of each segment's records; NaN where a window is not complete or has no score
 * @param border p-value at which it alarms
 * @param clusterLength how many alarms come together, on average, where nothing is wrong; at least
 *     1
 */
public record IncumbentScores(List<double[]> pValues, double border, double clusterLength) {
  private static final int BATCH = 256;

  public IncumbentScores {
    pValues = List.copyOf(pValues);
  }

  /**
   * Scores the span.
   *
   * @throws io.nelbo.model.detect.UnusableModelException when the model is broken
   */
  public static IncumbentScores of(
      ModelArtifact incumbent, DetectorSettings settings, TrainingSpan span) {
    try (Detector detector = Detector.open(incumbent, settings)) {
      int columns = span.shape().columnCount();
      WindowBatch batch = new WindowBatch(BATCH, detector.windowLength(), columns);
      List<double[]> pValues = new ArrayList<>();
      for (Segment segment : span.segments()) {
        pValues.add(score(detector, batch, segment));
      }
      return new IncumbentScores(
          pValues,
          detector.borderPValue(),
          incumbent.manifest().calibration().table().clusterLength());
    }
  }

  /** Hears of every record that has a p-value. */
  @FunctionalInterface
  interface Consumer {
    void accept(String series, long timeMillis, double pValue);
  }

  /**
   * Goes through the records that have a p-value.
   *
   * @param span the one that was scored
   */
  void forEach(TrainingSpan span, Consumer consumer) {
    for (int index = 0; index < span.segments().size(); index++) {
      Segment segment = span.segments().get(index);
      double[] ofSegment = pValues.get(index);
      for (int row = 0; row < ofSegment.length; row++) {
        if (!Double.isNaN(ofSegment[row])) {
          consumer.accept(segment.series(), segment.eventTimeMillis()[row], ofSegment[row]);
        }
      }
    }
  }

  private static double[] score(Detector detector, WindowBatch batch, Segment segment) {
    double[] pValues = new double[segment.records()];
    Arrays.fill(pValues, Double.NaN);
    int window = detector.windowLength();
    int first = window - 1;
    batch.clear();
    for (int row = first; row < segment.records(); row++) {
      System.arraycopy(
          segment.values(),
          (row + 1 - window) * segment.columns(),
          batch.values(),
          batch.add(segment.series()),
          batch.rowLength());
      if (batch.isFull() || row == segment.records() - 1) {
        Detections detections = detector.detect(batch);
        for (int i = 0; i < detections.size(); i++) {
          pValues[first + i] = detections.pValue(i);
        }
        first = row + 1;
        batch.clear();
      }
    }
    return pValues;
  }
}
