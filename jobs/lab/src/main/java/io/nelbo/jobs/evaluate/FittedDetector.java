package io.nelbo.jobs.evaluate;

import io.nelbo.model.artifact.DenseNetworkSpec;
import io.nelbo.model.artifact.Manifest;
import io.nelbo.model.artifact.ModelArtifact;
import io.nelbo.model.artifact.NoiseSpec;
import io.nelbo.model.artifact.Tensor;
import io.nelbo.model.calibrate.AlarmBudget.RecordRate;
import io.nelbo.model.calibrate.Calibration;
import io.nelbo.model.calibrate.RecentScores;
import io.nelbo.model.detect.Detections;
import io.nelbo.model.detect.Detector;
import io.nelbo.model.detect.DetectorSettings;
import io.nelbo.model.fit.TrainingConfig;
import io.nelbo.model.fit.TrainingException;
import io.nelbo.model.fit.TrainingListener;
import io.nelbo.model.objective.NoiseBank;
import io.nelbo.model.record.Segment;
import io.nelbo.model.score.Attribution;
import io.nelbo.model.score.Bounds;
import io.nelbo.model.train.Trainer;
import io.nelbo.model.train.Training;
import io.nelbo.model.train.TrainingRequest;
import io.nelbo.model.train.TrainingSpan;
import io.nelbo.model.window.WindowBatch;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ObjIntConsumer;

/**
 * Production's detector, fitted to the rows of one benchmark set. Not thread-safe; the caller
 * closes it.
 */
final class FittedDetector implements AutoCloseable {
  /** Where all rows are one series. */
  private static final String SERIES = "data";

  private static final int BATCH = 256;

  private final ModelArtifact artifact;
  private final RecordRate budget;
  private final Detector detector;
  private final WindowBatch batch;

  private FittedDetector(ModelArtifact artifact, RecordRate budget) {
    this.artifact = artifact;
    this.budget = budget;
    this.detector = Detector.open(artifact, new DetectorSettings(budget, 1e-9, "cpu"));
    this.batch = new WindowBatch(BATCH, detector.windowLength(), detector.featureNames().size());
  }

  /**
   * Trains on rows in their order; waits while another training runs in this process.
   *
   * @throws TrainingException naming the file when it has too few rows
   */
  static FittedDetector train(LabelledRows rows, TrainingConfig config, double falseAlarmRate)
      throws TrainingException {
    if (rows.size() == 0) {
      throw new TrainingException(rows.source() + ": there is no row to train on");
    }
    TrainingSpan span =
        new TrainingSpan(
            rows.features(),
            List.of(segment(SERIES, rows)),
            rows.timesMillis()[0],
            rows.timesMillis()[rows.size() - 1] + 1);
    return train(rows.source(), span, config, falseAlarmRate);
  }

  /**
   * Trains on several series.
   *
   * @param source of the span, for messages
   */
  static FittedDetector train(
      String source, TrainingSpan span, TrainingConfig config, double falseAlarmRate)
      throws TrainingException {
    TrainingRequest request = new TrainingRequest("evaluate", 1, span, config, "manual");
    Training training;
    try {
      training = new Trainer().train(request, TrainingListener.NONE);
    } catch (TrainingException e) {
      throw new TrainingException(source + ": " + e.getMessage(), e);
    }
    return new FittedDetector(
        training.artifact(), new RecordRate(falseAlarmRate, config.alerts().smooth()));
  }

  /** Rows as one stretch of a series. */
  static Segment segment(String series, LabelledRows rows) {
    int features = rows.features().size();
    float[] values = new float[rows.size() * features];
    for (int row = 0; row < rows.size(); row++) {
      System.arraycopy(rows.values()[row], 0, values, row * features, features);
    }
    return new Segment(series, rows.timesMillis(), values);
  }

  /** The same trained weights under other noise; the calibration stays that of the old noise. */
  FittedDetector withNoise(Tensor noise, String sequence) {
    Manifest old = artifact.manifest();
    Map<String, Tensor> tensors = new HashMap<>(artifact.tensors());
    tensors.put(NoiseBank.TENSOR, noise);
    Manifest manifest =
        old.withNetwork(network().withNoise(new NoiseSpec(noise.shape()[0], sequence)));
    return new FittedDetector(new ModelArtifact(manifest, tensors), budget);
  }

  /** Latent dimensions of the trained network. */
  int latent() {
    return artifact.manifest().network().latent();
  }

  private DenseNetworkSpec network() {
    if (artifact.manifest().network() instanceof DenseNetworkSpec network) {
      return network;
    }
    throw new IllegalStateException(
        "scores of the family %s hold no noise".formatted(artifact.manifest().family()));
  }

  /** Of what alarms: of single rows, or of means. */
  Calibration calibration() {
    return artifact.manifest().calibration().alerting(budget);
  }

  /**
   * Scores rows in their order; with smoothing it is the mean over several that counts.
   *
   * @param leadIn rows right before the first, so that it has a whole window, and scores to smooth
   *     over; rows without a window and rows of which nothing was observed rank lowest
   */
  RowScores score(float[][] leadIn, float[][] rows) {
    return score(SERIES, leadIn, rows);
  }

  /** The same of a series of the span, or of one that was not in it. */
  RowScores score(String series, float[][] leadIn, float[][] rows) {
    RowScores scores = new RowScores(rows.length);
    RecentScores recent = new RecentScores(budget.smooth());
    forEachBatch(
        series,
        leadIn,
        rows,
        (detections, first) -> {
          for (int row = 0; budget.smooth() > 1 && row < detections.size(); row++) {
            detector.smooth(row, recent);
          }
          scores.take(detections, first);
        });
    return scores;
  }

  /**
   * Bounds of {@code -log p} of each row, in nats, with fresh noise; for windows of one record.
   *
   * @param samples draws per row
   */
  List<Bounds> bounds(float[][] rows, int samples, long seed) {
    List<Bounds> bounds = new ArrayList<>(rows.length);
    for (int first = 0; first < rows.length; first += BATCH) {
      batch.clear();
      for (int row = first; row < Math.min(rows.length, first + BATCH); row++) {
        addWindow(SERIES, new float[0][], rows, row);
      }
      bounds.addAll(detector.bounds(batch, samples, seed + first));
    }
    return bounds;
  }

  /**
   * The features to blame for these rows, each the worst first.
   *
   * @param positions of rows that have a whole window
   */
  List<List<Attribution>> explain(float[][] leadIn, float[][] rows, int... positions) {
    List<List<Attribution>> blamed = new ArrayList<>();
    for (int first = 0; first < positions.length; first += BATCH) {
      batch.clear();
      List<Integer> places = new ArrayList<>();
      for (int i = first; i < Math.min(positions.length, first + BATCH); i++) {
        places.add(batch.size());
        addWindow(SERIES, leadIn, rows, positions[i]);
      }
      blamed.addAll(detector.explain(batch, places, detector.featureNames().size()));
    }
    return blamed;
  }

  private void forEachBatch(
      String series, float[][] leadIn, float[][] rows, ObjIntConsumer<Detections> consumer) {
    int first = Math.max(1 - leadIn(), detector.windowLength() - 1 - leadIn.length);
    while (first < rows.length) {
      batch.clear();
      int row = first;
      while (row < rows.length && !batch.isFull()) {
        addWindow(series, leadIn, rows, row++);
      }
      consumer.accept(detector.detect(batch), first);
      first = row;
    }
  }

  /** Records that a verdict is made of. */
  private int leadIn() {
    return budget.smooth() == 1 ? 1 : RecentScores.memory(budget.smooth());
  }

  private void addWindow(String series, float[][] leadIn, float[][] rows, int row) {
    int offset = batch.add(series);
    for (int back = detector.windowLength() - 1; back >= 0; back--) {
      int position = row - back;
      float[] record = position >= 0 ? rows[position] : leadIn[leadIn.length + position];
      System.arraycopy(record, 0, batch.values(), offset, record.length);
      offset += record.length;
    }
  }

  @Override
  public void close() {
    detector.close();
  }
}
