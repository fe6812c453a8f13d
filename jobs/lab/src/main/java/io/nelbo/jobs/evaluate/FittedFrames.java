package io.nelbo.jobs.evaluate;

import io.nelbo.jobs.evaluate.images.LabelledFrame;
import io.nelbo.model.artifact.ModelArtifact;
import io.nelbo.model.calibrate.AlarmBudget.RecordRate;
import io.nelbo.model.detect.Detections;
import io.nelbo.model.detect.Detector;
import io.nelbo.model.detect.DetectorSettings;
import io.nelbo.model.detect.FrameExplanation;
import io.nelbo.model.fit.TrainingConfig;
import io.nelbo.model.fit.TrainingException;
import io.nelbo.model.fit.TrainingListener;
import io.nelbo.model.record.Frames;
import io.nelbo.model.record.Segment;
import io.nelbo.model.train.Trainer;
import io.nelbo.model.train.TrainingRequest;
import io.nelbo.model.train.TrainingSpan;
import io.nelbo.model.window.WindowBatch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Production's detector, fitted to the normal frames of one set. Not thread-safe; the caller closes
 * it.
 */
final class FittedFrames implements AutoCloseable {
  private static final String SERIES = "camera";
  private static final long MINUTE = Duration.ofMinutes(1).toMillis();
  private static final int MOST_BATCH = 64;

  /** Of a segment and of a batch: what is done with them takes as much again. */
  private static final int MOST_VALUES = 1 << 22;

  private final Detector detector;
  private final WindowBatch batch;

  private FittedFrames(ModelArtifact artifact, Frames frames, double falseAlarmRate) {
    detector =
        Detector.open(artifact, new DetectorSettings(new RecordRate(falseAlarmRate), 1e-9, "cpu"));
    int most = Math.max(1, Math.min(MOST_BATCH, MOST_VALUES / frames.columnCount()));
    batch = new WindowBatch(most, 1, frames.columnCount());
  }

  /**
   * Trains on frames in their order; waits while another training runs in this process.
   *
   * @param source of the frames, for messages
   * @throws TrainingException naming the source when there are too few
   */
  static FittedFrames train(
      String source,
      Frames frames,
      List<LabelledFrame> normal,
      TrainingConfig config,
      double falseAlarmRate)
      throws TrainingException {
    if (normal.isEmpty()) {
      throw new TrainingException(source + ": there is no image to train on");
    }
    TrainingSpan span =
        new TrainingSpan(frames, segments(frames, normal), 0, normal.size() * MINUTE);
    TrainingRequest request = new TrainingRequest("evaluate", 1, span, config, "manual");
    try {
      ModelArtifact artifact = new Trainer().train(request, TrainingListener.NONE).artifact();
      return new FittedFrames(artifact, frames, falseAlarmRate);
    } catch (TrainingException e) {
      throw new TrainingException(source + ": " + e.getMessage(), e);
    }
  }

  /** Stretches of one series, a minute apart from frame to frame. */
  private static List<Segment> segments(Frames frames, List<LabelledFrame> normal) {
    int columns = frames.columnCount();
    int most = Math.max(1, MOST_VALUES / columns);
    List<Segment> segments = new ArrayList<>();
    for (int first = 0; first < normal.size(); first += most) {
      int count = Math.min(most, normal.size() - first);
      float[] values = new float[count * columns];
      for (int i = 0; i < count; i++) {
        normal.get(first + i).copyTo(values, i * columns);
      }
      int start = first;
      long[] times = IntStream.range(0, count).mapToLong(i -> (start + i) * MINUTE).toArray();
      segments.add(new Segment(SERIES, times, values));
    }
    return segments;
  }

  /**
   * What is said of each frame.
   *
   * @param statistic by which frames rank
   * @param alarms whether each alarms
   */
  @SuppressWarnings("ArrayRecordComponent") // read at once, never compared
  record Judged(double[] statistic, boolean[] alarms) {}

  Judged judge(List<LabelledFrame> frames) {
    Judged judged = new Judged(new double[frames.size()], new boolean[frames.size()]);
    for (int first = 0; first < frames.size(); first += batch.capacity()) {
      fill(frames, first);
      Detections detections = detector.detect(batch);
      for (int row = 0; row < detections.size(); row++) {
        judged.statistic()[first + row] = detections.statistic(row);
        judged.alarms()[first + row] = detections.anomalous(row);
      }
    }
    return judged;
  }

  /** Takes the explanation of one frame. */
  interface Explained {
    void take(LabelledFrame frame, FrameExplanation explanation);
  }

  /** Explains every frame, whether it alarms or not. */
  void explain(List<LabelledFrame> frames, Explained explained) {
    for (int first = 0; first < frames.size(); first += batch.capacity()) {
      int count = fill(frames, first);
      List<FrameExplanation> all =
          detector.explainFrames(batch, IntStream.range(0, count).boxed().toList());
      for (int row = 0; row < count; row++) {
        explained.take(frames.get(first + row), all.get(row));
      }
    }
  }

  private int fill(List<LabelledFrame> frames, int first) {
    batch.clear();
    for (int i = first; i < frames.size() && !batch.isFull(); i++) {
      frames.get(i).copyTo(batch.values(), batch.add(SERIES));
    }
    return batch.size();
  }

  @Override
  public void close() {
    detector.close();
  }
}
