package io.nelbo.model.detect;

import static io.nelbo.model.Preconditions.requireArgument;

import io.nelbo.model.artifact.Manifest;
import io.nelbo.model.artifact.ModelArtifact;
import io.nelbo.model.artifact.ModelWeights;
import io.nelbo.model.calibrate.ChannelCalibrations;
import io.nelbo.model.calibrate.RecentScores;
import io.nelbo.model.family.Families;
import io.nelbo.model.fit.Family;
import io.nelbo.model.network.EngineDevice;
import io.nelbo.model.network.EngineThreads;
import io.nelbo.model.record.Frames;
import io.nelbo.model.score.Attribution;
import io.nelbo.model.score.Bounds;
import io.nelbo.model.score.DeviceScorer;
import io.nelbo.model.score.ScoredRows;
import io.nelbo.model.score.WindowModel;
import io.nelbo.model.window.WindowBatch;
import java.util.ArrayList;
import java.util.List;

/** Scale, score, calibrate: built from one artifact, so that nothing can be mixed up. */
public final class Detector implements AutoCloseable {
  private final Manifest manifest;
  private final DetectorSettings settings;
  private final DeviceScorer scorer;
  private final Explanation explanation;
  private final Judge judge;
  private final BatchScaling scaling;
  private Detections detections = new Detections(0);
  private float[] scaled = new float[0];
  private int[] scoredRows = new int[0];

  private Detector(Manifest manifest, DetectorSettings settings, DeviceScorer scorer) {
    this.manifest = manifest;
    this.settings = settings;
    this.scorer = scorer;
    explanation = new Explanation(manifest.window(), manifest.scaler(), scorer);
    scaling = new BatchScaling(manifest.scaler(), manifest.window());
    judge = new Judge(manifest.calibration(), manifest.scaler(), settings.budget());
  }

  /**
   * Opens the engine's copy of the weights; the caller closes it. One thread at a time.
   *
   * @throws IllegalArgumentException when the artifact contradicts itself, or its calibration
   *     cannot keep to the budget
   */
  public static Detector open(ModelArtifact artifact, DetectorSettings settings) {
    Manifest manifest = artifact.manifest();
    EngineThreads.warnUnlessOne();
    Family family = Families.named(manifest.family(), manifest.window().record());
    ModelWeights weights = ModelWeights.of(artifact);
    DeviceScorer scorer =
        new DeviceScorer(
            manifest.version(),
            where -> family.open(weights, where),
            EngineDevice.named(settings.device()));
    try {
      List<String> channels = scorer.call(WindowModel::channels);
      Detector detector = new Detector(manifest, settings, scorer);
      requireArgument(
          channels.equals(detector.channelNames()),
          "calibration.channels must be %s, what the network gives, got %s",
          channels,
          detector.channelNames());
      return detector;
    } catch (RuntimeException | Error e) {
      scorer.close();
      throw e;
    }
  }

  /** {@code v000042}. */
  public String version() {
    return manifest.version();
  }

  public int windowLength() {
    return manifest.windowLength();
  }

  /** Of what is scored and blamed; empty where records are frames, whose pixels have no names. */
  public List<String> featureNames() {
    return explanation.featureNames();
  }

  /** Whether the records are frames, so that places are to blame. */
  public boolean seesFrames() {
    return manifest.window().record() instanceof Frames;
  }

  /**
   * What the records are.
   *
   * @throws IllegalStateException when they are no frames
   */
  public Frames frames() {
    if (manifest.window().record() instanceof Frames frames) {
      return frames;
    }
    throw new IllegalStateException(
        "model %s scores %s: these have no places"
            .formatted(manifest.version(), manifest.window().record().inWords()));
  }

  /** Of the figures that make the statistic, in their order; empty when it is one. */
  public List<String> channelNames() {
    return manifest.calibration().channels().map(ChannelCalibrations::names).orElse(List.of());
  }

  /**
   * The p-value of the border of single records: the asked rate, or the smallest that the
   * calibration supports.
   */
  public double borderPValue() {
    return judge.borderPValue();
  }

  /** Whether it was opened on a GPU that had too little memory, and so scores on the CPU. */
  public boolean hasMovedToCpu() {
    return scorer.hasMoved();
  }

  /**
   * Scores every row; the result is overwritten by the next call.
   *
   * @throws IllegalArgumentException when the batch has another shape than the model
   * @throws UnusableModelException when the model answers with something that is no score
   * @throws ai.djl.engine.EngineException when the engine fails, for want of the CPU's memory say:
   *     no fault of the model's. A GPU's memory fails nothing, see {@link #hasMovedToCpu}
   */
  public Detections detect(WindowBatch batch) {
    requireShape(batch);
    try {
      return detectRows(batch);
    } catch (ArithmeticException | IllegalArgumentException e) {
      throw unusable(e);
    }
  }

  /**
   * Judges a row of the last batch together with the records of its series before it, which makes
   * the stranger of the two the verdict; to be called for every record of a series in their order.
   *
   * @param recent takes the row in; of as many records as the budget smooths over
   */
  public void smooth(int row, RecentScores recent) {
    judge.smooth(detections, row, recent);
  }

  private Detections detectRows(WindowBatch batch) {
    reserve(batch);
    detections.resize(batch.size());
    int count = 0;
    for (int row = 0; row < batch.size(); row++) {
      if (scaling.observedShare(batch, row) < settings.minObserved()) {
        detections.setUnobserved(row, !manifest.scaler().knows(batch.series(row)));
      } else {
        scaling.scale(batch, row, scaled, count * batch.rowLength());
        scoredRows[count++] = row;
      }
    }
    int rows = count;
    ScoredRows scored = scorer.call(on -> on.score(scaled, rows));
    for (int i = 0; i < count; i++) {
      judge.judge(
          detections,
          scoredRows[i],
          batch.series(scoredRows[i]),
          scored,
          i,
          scaling.logDeterminant(batch, scoredRows[i]));
    }
    return detections;
  }

  /**
   * Bounds of {@code -log p} of every row's raw features, in nats, with fresh noise: for figures
   * that are reported. A score has noise of its own.
   *
   * @param samples draws per row, of the importance-weighted bound too
   * @param seed of the noise; another batch wants another one
   */
  public List<Bounds> bounds(WindowBatch batch, int samples, long seed) {
    requireShape(batch);
    float[] windows = new float[batch.size() * batch.rowLength()];
    for (int row = 0; row < batch.size(); row++) {
      scaling.scale(batch, row, windows, row * batch.rowLength());
    }
    List<Bounds> scaledBounds = scorer.call(on -> on.bounds(windows, batch.size(), samples, seed));
    List<Bounds> bounds = new ArrayList<>(batch.size());
    for (int row = 0; row < batch.size(); row++) {
      bounds.add(scaledBounds.get(row).plus(scaling.logDeterminant(batch, row)));
    }
    return bounds;
  }

  /**
   * The features to blame for these rows of the batch, worst first; a row's result does not depend
   * on its neighbours.
   *
   * @param most how many features at most
   * @throws UnusableModelException when the model answers with something that is no number
   */
  public List<List<Attribution>> explain(WindowBatch batch, List<Integer> rows, int most) {
    requireShape(batch);
    if (rows.isEmpty()) {
      return List.of();
    }
    int features = manifest.window().features();
    float[] windows = new float[rows.size() * batch.rowLength()];
    float[] raw = new float[rows.size() * features];
    List<String> series = new ArrayList<>(rows.size());
    for (int row : rows) {
      int index = series.size();
      scaling.scale(batch, row, windows, index * batch.rowLength());
      System.arraycopy(
          batch.values(), BatchScaling.newest(batch, row), raw, index * features, features);
      series.add(batch.series(row));
    }
    try {
      return explanation.explain(series, windows, raw, most);
    } catch (ArithmeticException | IllegalArgumentException e) {
      throw unusable(e);
    }
  }

  /**
   * What is wrong with these frames of the batch, and where; a frame's result does not depend on
   * its neighbours.
   *
   * @throws UnusableModelException when the model answers with something that is no number
   * @throws IllegalStateException when the model's records are no frames
   */
  public List<FrameExplanation> explainFrames(WindowBatch batch, List<Integer> rows) {
    requireShape(batch);
    Frames frames = frames();
    float[] values = new float[rows.size() * batch.rowLength()];
    for (int i = 0; i < rows.size(); i++) {
      scaling.scale(batch, rows.get(i), values, i * batch.rowLength());
    }
    try {
      return scorer.call(on -> on.heatMaps(values, rows.size())).stream()
          .map(map -> Regions.explain(map, frames))
          .toList();
    } catch (ArithmeticException | IllegalArgumentException e) {
      throw unusable(e);
    }
  }

  /** The frame that is expected instead of one of the batch, in its size and light. */
  public double[] expectFrame(WindowBatch batch, int row) {
    requireShape(batch);
    float[] frame = new float[batch.rowLength()];
    scaling.scale(batch, row, frame, 0);
    return scorer.call(on -> on.expect(frame, 1)).get(0).mean();
  }

  /** Mean of the posterior of one window of the batch, one value per latent dimension. */
  public float[] latentMean(WindowBatch batch, int row) {
    requireShape(batch);
    float[] window = new float[batch.rowLength()];
    scaling.scale(batch, row, window, 0);
    return scorer.call(on -> on.posteriorMeans(window, 1));
  }

  @Override
  public void close() {
    scorer.close();
  }

  private UnusableModelException unusable(RuntimeException cause) {
    return new UnusableModelException(
        "model %s fails while it scores: %s".formatted(manifest.version(), cause.getMessage()),
        cause);
  }

  private void reserve(WindowBatch batch) {
    if (scoredRows.length < batch.size()) {
      detections = new Detections(batch.capacity());
      scoredRows = new int[batch.capacity()];
      scaled = new float[batch.capacity() * batch.rowLength()];
    }
  }

  private void requireShape(WindowBatch batch) {
    requireArgument(
        batch.windowLength() == manifest.windowLength() && batch.columns() == manifest.columns(),
        "the batch holds windows of %s x %s, model %s scores %s x %s",
        batch.windowLength(),
        batch.columns(),
        manifest.version(),
        manifest.windowLength(),
        manifest.columns());
  }
}
