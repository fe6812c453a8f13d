package io.nelbo.model.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nelbo.model.artifact.ArtifactBytes;
import io.nelbo.model.artifact.LocalArtifactStore;
import io.nelbo.model.artifact.ModelArtifact;
import io.nelbo.model.artifact.PublishedArtifact;
import io.nelbo.model.calibrate.AlarmBudget;
import io.nelbo.model.calibrate.AlertRules;
import io.nelbo.model.detect.Detections;
import io.nelbo.model.detect.Detector;
import io.nelbo.model.detect.DetectorSettings;
import io.nelbo.model.fit.TrainingConfig;
import io.nelbo.model.fit.TrainingException;
import io.nelbo.model.fit.TrainingListener;
import io.nelbo.model.gate.GateOutcome;
import io.nelbo.model.gate.GatePolicy;
import io.nelbo.model.gate.GateSettings;
import io.nelbo.model.gate.PromotionGate;
import io.nelbo.model.record.Frames;
import io.nelbo.model.record.RecordColumns;
import io.nelbo.model.record.Segment;
import io.nelbo.model.score.Attribution;
import io.nelbo.model.window.WindowBatch;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Principal components as the second family: all that is done with a model is done with it. */
final class PcaTrainingTest {
  private static final TrainingConfig CONFIG =
      TrainingConfig.defaults().withWindowLength(2).withFamily("pca").ofCleanSpan();
  private static final DetectorSettings SETTINGS = new DetectorSettings(0.05, 0.3, "cpu");
  private static final RecordColumns COLUMNS =
      new RecordColumns(List.of("a", "b", "c", "d", "still"), List.of("load"), List.of());

  @TempDir private Path folder;

  @Test
  void aModelThatIsStoredReadBackAndRecalibratedScoresAlikeToTheBit() throws Exception {
    ModelArtifact trained = train(span(1, 900), CONFIG);
    LocalArtifactStore store = new LocalArtifactStore(folder);
    PublishedArtifact published = store.publish(ArtifactBytes.of(trained));

    ModelArtifact read = store.load(published.uri(), published.sha256());
    ModelArtifact recalibrated =
        new Recalibration(read, new AlarmBudget.RecordRate(0.05), AlertRules.DEFAULT, "cpu")
            .fit(span(2, 900), 2)
            .artifact();

    assertThat(read.manifest().family()).isEqualTo("pca");
    assertThat(read.manifest().formatVersion()).isEqualTo(3);
    WindowBatch batch = batch(300);
    double[] before = negativeElbos(trained, batch);
    assertThat(negativeElbos(read, batch)).containsExactly(before);
    assertThat(negativeElbos(recalibrated, batch)).containsExactly(before);
  }

  @Test
  void theFeatureThatLeavesTheOthersIsBlamed() throws Exception {
    try (Detector detector = Detector.open(train(span(1, 900), CONFIG), SETTINGS)) {
      WindowBatch batch = batch(1);
      int newest = batch.columns();
      batch.values()[newest + 2] += 40;

      Detections detections = detector.detect(batch);
      List<Attribution> blamed = detector.explain(batch, List.of(0), 2).get(0);

      assertThat(detections.anomalous(0)).isTrue();
      assertThat(detections.klDivergence(0)).isNotNegative();
      assertThat(blamed.get(0).feature()).isEqualTo("c");
      assertThat(blamed.get(0).share()).isGreaterThan(0.8);
    }
  }

  @Test
  void theGateComparesItWithAnIncumbentOfAnotherFamily() throws Exception {
    ModelArtifact incumbent =
        train(span(1, 900), TrainingConfig.defaults().withWindowLength(2).withSteps(150));
    ModelArtifact candidate = train(span(1, 900), CONFIG);

    GateOutcome outcome =
        new PromotionGate(new GateSettings(GatePolicy.NOT_WORSE, SETTINGS, 1))
            .judge(candidate, List.of(incumbent), span(1, 900), span(3, 400));

    assertThat(outcome.comparedWith()).contains("v000001");
    assertThat(outcome.figures()).containsKeys("incumbent_negative_elbo", "power");
  }

  @Test
  void itNeedsNoWeightsToStartFromAndTheSameSpanGivesTheSameBytes() throws Exception {
    ModelArtifact once = train(span(1, 500), CONFIG);
    ModelArtifact again = train(span(1, 500), CONFIG);

    assertThat(ArtifactBytes.of(again).sha256()).isEqualTo(ArtifactBytes.of(once).sha256());
    assertThat(TrainingRequest.canStartFrom(once.manifest(), span(1, 500), CONFIG)).isFalse();
  }

  @Test
  void aWindowOfTooManyValuesIsRefusedInWords() {
    assertThatThrownBy(() -> train(span(1, 2000), CONFIG.withWindowLength(200)))
        .isInstanceOf(TrainingException.class)
        .hasMessage(
            "the family pca models the values of a window jointly, 200 records of 6 columns are"
                + " more than 1024 of them: a shorter window.length, or another train.family");
  }

  @Test
  void framesAreRefusedInWords() {
    long[] times = new long[100];
    for (int i = 0; i < times.length; i++) {
      times[i] = i;
    }
    Segment frames = new Segment("camera", times, new float[100 * 4]);
    TrainingSpan span = new TrainingSpan(new Frames(2, 2, 1), List.of(frames), 0, 100);

    assertThatThrownBy(() -> train(span, CONFIG))
        .isInstanceOf(TrainingException.class)
        .hasMessage("the family pca does not take frames of 2 x 2 x 1, vae does");
  }

  private static double[] negativeElbos(ModelArtifact artifact, WindowBatch batch) {
    try (Detector detector = Detector.open(artifact, SETTINGS)) {
      Detections detections = detector.detect(batch);
      double[] found = new double[detections.size()];
      for (int row = 0; row < found.length; row++) {
        found[row] = detections.negativeElbo(row);
      }
      return found;
    }
  }

  private static ModelArtifact train(TrainingSpan span, TrainingConfig config)
      throws TrainingException {
    return new Trainer()
        .train(new TrainingRequest("pca", 1, span, config, "manual"), TrainingListener.NONE)
        .artifact();
  }

  private static WindowBatch batch(int rows) {
    WindowBatch batch = new WindowBatch(rows, 2, COLUMNS.columnCount());
    TrainingSpan span = span(9, 2 * rows);
    for (int row = 0; row < rows; row++) {
      int offset = batch.add("pump");
      System.arraycopy(
          span.segments().get(0).values(),
          2 * row * COLUMNS.columnCount(),
          batch.values(),
          offset,
          batch.rowLength());
    }
    return batch;
  }

  /** Two factors behind four features, one that stands still, and a load; some are missing. */
  private static TrainingSpan span(long seed, int records) {
    SplittableRandom random = new SplittableRandom(seed);
    int columns = COLUMNS.columnCount();
    long[] times = new long[records];
    float[] values = new float[records * columns];
    double slow = 0;
    for (int row = 0; row < records; row++) {
      times[row] = seed * 10_000_000L + row * 1000L;
      double load = random.nextGaussian();
      slow = 0.7 * slow + random.nextGaussian();
      double[] record = {slow, slow + load, load - slow, 2 * load, 5, load};
      for (int column = 0; column < columns; column++) {
        double noise = column < 4 ? 0.3 * random.nextGaussian() : 0;
        boolean missing = seed != 9 && random.nextDouble() < 0.02;
        values[row * columns + column] = missing ? Float.NaN : (float) (record[column] + noise);
      }
    }
    List<Segment> segments = new ArrayList<>();
    segments.add(new Segment("pump", times, values));
    return new TrainingSpan(COLUMNS, segments, times[0], times[records - 1] + 1);
  }
}
