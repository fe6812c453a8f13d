package io.nelbo.model.gate;

import io.nelbo.model.artifact.ModelArtifact;
import io.nelbo.model.calibrate.AlarmBudget;
import io.nelbo.model.calibrate.BorderInterval;
import io.nelbo.model.calibrate.Calibration;
import io.nelbo.model.detect.Detections;
import io.nelbo.model.detect.Detector;
import io.nelbo.model.detect.DetectorSettings;
import io.nelbo.model.detect.UnusableModelException;
import io.nelbo.model.score.Bounds;
import io.nelbo.model.train.ActiveLatents;
import io.nelbo.model.window.WindowBatch;
import java.util.List;
import java.util.stream.IntStream;

/** One model, opened, and what it says of the held-out windows. The caller closes it. */
final class ModelOnRows implements AutoCloseable {
  private static final double OWN_BORDER = 1;

  private static final int BATCH = 256;
  private static final int DRAWS = 16;
  private static final int LATENT_ROWS = 256;

  /** The share of rows whose p-values lie below it is looked at: rare enough, and often enough. */
  private static final double CALIBRATION_P = 0.1;

  private final Detector detector;
  private final Calibration calibration;
  private final HeldOutWindows windows;
  private final double[] negativeElbo;
  private final double[] score;
  private final boolean[] observed;
  private int below;
  private int scored;

  private ModelOnRows(Detector detector, Calibration calibration, HeldOutWindows windows) {
    this.detector = detector;
    this.calibration = calibration;
    this.windows = windows;
    negativeElbo = new double[windows.size()];
    score = new double[windows.size()];
    observed = new boolean[windows.size()];
  }

  /**
   * Opens the model and scores all windows.
   *
   * @throws UnusableModelException when it gives something that is no number
   */
  static ModelOnRows score(
      ModelArtifact artifact, DetectorSettings settings, HeldOutWindows windows, long seed) {
    Detector detector = Detector.open(artifact, settings);
    try {
      ModelOnRows model = new ModelOnRows(detector, artifact.manifest().calibration(), windows);
      model.scoreAll(seed);
      return model;
    } catch (RuntimeException | Error e) {
      detector.close();
      throw e;
    }
  }

  private void scoreAll(long seed) {
    for (int from = 0; from < windows.size(); from += BATCH) {
      WindowBatch batch = windows.batch(from, Math.min(windows.size(), from + BATCH));
      Detections detections = detector.detect(batch);
      List<Bounds> bounds = detector.bounds(batch, DRAWS, seed + from);
      for (int row = 0; row < batch.size(); row++) {
        observed[from + row] = detections.observed(row);
        if (detections.observed(row)) {
          scored++;
          negativeElbo[from + row] = bounds.get(row).negativeElbo();
          score[from + row] = detections.score(row);
          below += detections.pValue(row) < CALIBRATION_P ? 1 : 0;
        }
      }
    }
  }

  String version() {
    return detector.version();
  }

  double borderPValue() {
    return detector.borderPValue();
  }

  /** The smallest rate that its calibration supports, in the unit of the budget. */
  double smallestRate(AlarmBudget budget) {
    return calibration.smallestRate(budget);
  }

  /** How many of the held-out windows alarm together, on average, where nothing is wrong. */
  double clusterLength() {
    return Math.max(1, calibration.table().clusterLength() * windows.keptShare());
  }

  boolean isScored(int window) {
    return observed[window];
  }

  /**
   * Whether the window does not alarm.
   *
   * @param border in multiples of the model's own, as {@link Detections#score} counts
   */
  boolean isNormal(int window, double border) {
    return observed[window] && score[window] < border;
  }

  /** In nats of the raw features, with fresh noise; NaN only for a broken model. */
  double negativeElbo(int window) {
    return negativeElbo[window];
  }

  /** Share of the scored windows at or over the border. */
  double alarmRate() {
    int alarms = 0;
    for (int window = 0; window < score.length; window++) {
      alarms += observed[window] && score[window] >= OWN_BORDER ? 1 : 0;
    }
    return (double) alarms / Math.max(1, scored);
  }

  /**
   * The border at which no more than this share of the scored windows alarms, in multiples of the
   * model's own; never below that one.
   */
  double borderFor(double rate) {
    double[] ascending =
        IntStream.range(0, score.length)
            .filter(this::isScored)
            .mapToDouble(window -> score[window])
            .sorted()
            .toArray();
    int alarms = (int) (rate * ascending.length);
    return alarms >= ascending.length
        ? OWN_BORDER
        : Math.max(OWN_BORDER, Math.nextUp(ascending[ascending.length - 1 - alarms]));
  }

  /**
   * Measured over asked share of p-values below a tenth; 1 is perfect, half a row is added to the
   * count so that none is not infinitely wrong.
   */
  double calibrationRatio() {
    return (below + 0.5) / (CALIBRATION_P * scored + 0.5);
  }

  /** Latent dimensions whose posterior mean varies over the windows. */
  int activeLatents() {
    int rows = Math.min(LATENT_ROWS, windows.size());
    float[] means = new float[0];
    int latent = 0;
    for (int row = 0; row < rows; row++) {
      int window = (int) ((long) row * windows.size() / rows);
      float[] mean = detector.latentMean(windows.batch(window, window + 1), 0);
      if (row == 0) {
        latent = mean.length;
        means = new float[rows * latent];
      }
      System.arraycopy(mean, 0, means, row * latent, latent);
    }
    return ActiveLatents.count(means, latent);
  }

  /**
   * Where it would alert, had its calibration been as lucky as may be, in multiples of its own
   * border; never above that one.
   */
  double luckiestBorder() {
    double own = detector.borderPValue();
    return Math.log(BorderInterval.highestRate(own, calibration.table().effectiveSample()))
        / Math.log(own);
  }

  /**
   * How many rows of the batch alarm.
   *
   * @param border in multiples of the model's own
   */
  int alarms(WindowBatch batch, double border) {
    Detections detections = detector.detect(batch);
    int alarms = 0;
    for (int row = 0; row < detections.size(); row++) {
      alarms += detections.observed(row) && detections.score(row) >= border ? 1 : 0;
    }
    return alarms;
  }

  @Override
  public void close() {
    detector.close();
  }
}
