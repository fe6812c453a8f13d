package io.nelbo.jobs.serve;

import static org.assertj.core.api.Assertions.assertThat;

import io.nelbo.jobs.stream.ModelNotice;
import io.nelbo.jobs.testing.CorrelatedSensors;
import io.nelbo.jobs.testing.TestModels;
import io.nelbo.model.artifact.ArtifactException.Reason;
import io.nelbo.model.artifact.LocalArtifactStore;
import io.nelbo.model.calibrate.AlarmBudget;
import io.nelbo.model.detect.Detections;
import io.nelbo.model.detect.Detector;
import io.nelbo.model.detect.DetectorSettings;
import io.nelbo.model.record.RecordColumns;
import io.nelbo.model.window.SlidingWindow;
import io.nelbo.model.window.WindowBatch;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows are scored without a cluster, a topic or a configuration file. */
final class ServedWithoutAJobTest {
  private static final AlarmBudget BUDGET = new AlarmBudget.RecordRate(0.01, 1);

  @TempDir private Path store;

  private final CorrelatedSensors sensors = new CorrelatedSensors(7);
  private final ModelTimeline timeline = new ModelTimeline();
  private final List<Reason> refusals = new ArrayList<>();
  private DetectorPool pool;
  private BatchScoring scoring;

  @BeforeEach
  void serve() {
    Path folder = store;
    pool =
        new DetectorPool(
            "test",
            new StoreDetectorFactory(
                () -> new LocalArtifactStore(folder),
                new AcceptedModels(TestModels.ID, new RecordColumns(CorrelatedSensors.NAMES), 1),
                new ServingSettings(BUDGET, 0.5, "cpu")),
            new PoolLimits(Duration.ofSeconds(30), 2),
            System::nanoTime,
            listener());
    scoring = new BatchScoring(timeline, pool, 2, Smoothing.NONE);
  }

  @AfterEach
  void close() {
    pool.close();
  }

  @Test
  void eachRowGetsTheFiguresOfTheModelThatGovernsItsTime() throws Exception {
    announce(1, 0, 100);
    announce(2, 1, 200);
    float[][] values = {sensors.normal(), sensors.normal(), sensors.normal(), sensors.normal()};
    RowBatch batch = batch(values, 150, 250, 50, 199);

    scoring.score(
        batch,
        verdicts -> {
          assertThat(version(verdicts, 0)).hasValue("v000001");
          assertThat(version(verdicts, 1)).hasValue("v000002");
          assertThat(version(verdicts, 2)).isEmpty();
          assertThat(version(verdicts, 3)).hasValue("v000001");
          assertThat(score(verdicts, 0)).isEqualTo(alone(1, "s0", values[0]));
          assertThat(score(verdicts, 1)).isEqualTo(alone(2, "s1", values[1]));
          assertThat(score(verdicts, 3)).isEqualTo(alone(1, "s3", values[3]));
        });

    assertThat(refusals).isEmpty();
  }

  @Test
  void anAnomalousRowIsExplainedByTheFeaturesToBlame() throws Exception {
    announce(1, 0, 0);

    scoring.score(
        batch(new float[][] {sensors.broken()}, 1),
        verdicts -> {
          assertThat(verdicts.explanation(0).orElseThrow()).hasSize(2);
          assertThat(verdicts.borderPValue(0)).isPositive();
        });
  }

  @Test
  void aModelOfOtherWindowsIsRefusedAndWhoeverGovernedBeforeScores() throws Exception {
    announce(1, 0, 0);
    timeline.add(TestModels.activation(TestModels.publish(store, 2, 2), 1, 0));

    scoring.score(
        batch(new float[][] {sensors.normal()}, 1),
        verdicts -> assertThat(version(verdicts, 0)).hasValue("v000001"));

    assertThat(refusals).containsExactly(Reason.WRONG_FEATURES);
  }

  private void announce(int version, long offset, long effectiveFrom) throws Exception {
    timeline.add(
        TestModels.activation(TestModels.publish(store, 1, version), offset, effectiveFrom));
  }

  private static RowBatch batch(float[][] values, long... times) {
    RowBatch batch = new RowBatch(8, 1, 3);
    for (int i = 0; i < times.length; i++) {
      SlidingWindow window = new SlidingWindow(1, 3);
      window.append(values[i], times[i], 1);
      batch.add("s" + i, times[i], window);
    }
    return batch;
  }

  private static Optional<String> version(Verdicts verdicts, int index) {
    return verdicts.model(index).map(ModelNotice::version);
  }

  private static double score(Verdicts verdicts, int index) {
    return verdicts.detections(index).score(verdicts.row(index));
  }

  private static double alone(int version, String series, float[] values) {
    WindowBatch window = new WindowBatch(8, 1, 3);
    System.arraycopy(values, 0, window.values(), window.add(series), 3);
    try (Detector detector =
        Detector.open(TestModels.artifact(1, version), new DetectorSettings(BUDGET, 0.5, "cpu"))) {
      Detections detections = detector.detect(window);
      return detections.score(0);
    }
  }

  private LoadListener listener() {
    return new LoadListener() {
      @Override
      public void loaded(ModelNotice notice, Duration took) {}

      @Override
      public void refused(ModelNotice notice, Reason reason) {
        refusals.add(reason);
      }

      @Override
      public void movedToCpu() {}
    };
  }
}
