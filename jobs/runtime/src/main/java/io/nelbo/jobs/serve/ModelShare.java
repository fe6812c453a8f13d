package io.nelbo.jobs.serve;

import io.nelbo.jobs.stream.FrameVerdict;
import io.nelbo.jobs.stream.ModelNotice;
import io.nelbo.model.calibrate.RecentScores;
import io.nelbo.model.detect.Detections;
import io.nelbo.model.detect.Detector;
import io.nelbo.model.detect.FrameExplanation;
import io.nelbo.model.score.Attribution;
import io.nelbo.model.window.WindowBatch;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One detector's share of a batch, and what it says of it; several activations may have the same.
 */
final class ModelShare {
  private static final Detections NONE = new Detections(0);

  private final ModelNotice notice;
  private final Detector detector;
  private WindowBatch windows;
  private Detections detections = NONE;
  private final Map<Integer, List<Attribution>> explanations = new HashMap<>();
  private final Map<Integer, FrameVerdict> frames = new HashMap<>();

  /**
   * @param notice by which the detector was first asked for in this batch
   * @param windows of its own, to copy rows to
   */
  ModelShare(ModelNotice notice, Detector detector, WindowBatch windows) {
    this.notice = notice;
    this.detector = detector;
    this.windows = windows;
  }

  ModelNotice notice() {
    return notice;
  }

  Detector detector() {
    return detector;
  }

  Detections detections() {
    return detections;
  }

  /** Empty unless the row is anomalous. */
  Optional<List<Attribution>> explanation(int row) {
    return detections.anomalous(row)
        ? Optional.ofNullable(explanations.get(row))
        : Optional.empty();
  }

  /** Empty unless the row is an anomalous frame. */
  Optional<FrameVerdict> frame(int row) {
    return detections.anomalous(row) ? Optional.ofNullable(frames.get(row)) : Optional.empty();
  }

  private void explainFrames(List<Integer> anomalous) {
    List<FrameExplanation> found = detector.explainFrames(windows, anomalous);
    for (int i = 0; i < anomalous.size(); i++) {
      int row = anomalous.get(i);
      frames.put(row, FrameVerdicts.of(detector, detections, row, found.get(i)));
    }
  }

  float[] latentMean(int row) {
    return detector.latentMean(windows, row);
  }

  /** Takes all windows of the batch as they lie there, without a copy. */
  void takeAll(WindowBatch all) {
    windows = all;
  }

  void clear() {
    windows.clear();
  }

  /**
   * Copies one window of the batch.
   *
   * @return the row that it gets
   */
  int take(WindowBatch all, int row, String series) {
    int taken = windows.size();
    int length = all.rowLength();
    System.arraycopy(all.values(), row * length, windows.values(), windows.add(series), length);
    return taken;
  }

  void detect() {
    detections = detector.detect(windows);
  }

  void smooth(int row, RecentScores recent) {
    detector.smooth(row, recent);
  }

  /** All of a batch at once: a bad model that alarms on everything must not stop the stream. */
  void explainAnomalies(int mostBlamed) {
    List<Integer> anomalous = new ArrayList<>();
    for (int row = 0; row < detections.size(); row++) {
      if (detections.anomalous(row)) {
        anomalous.add(row);
      }
    }
    if (detector.seesFrames()) {
      explainFrames(anomalous);
      return;
    }
    List<List<Attribution>> found = detector.explain(windows, anomalous, mostBlamed);
    for (int i = 0; i < anomalous.size(); i++) {
      explanations.put(anomalous.get(i), found.get(i));
    }
  }
}
