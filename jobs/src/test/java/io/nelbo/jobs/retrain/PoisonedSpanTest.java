package io.nelbo.jobs.retrain;

import static io.nelbo.jobs.retrain.RetrainHarness.SLIDE;
import static io.nelbo.schemas.ModelEventKind.ACTIVATED;
import static org.assertj.core.api.Assertions.assertThat;

import io.nelbo.jobs.models.ModelHistory;
import io.nelbo.jobs.stream.ModelNotice;
import io.nelbo.jobs.testing.CorrelatedSensors;
import io.nelbo.model.artifact.LocalArtifactStore;
import io.nelbo.model.artifact.ModelArtifact;
import io.nelbo.model.detect.Detections;
import io.nelbo.model.detect.Detector;
import io.nelbo.model.detect.DetectorSettings;
import io.nelbo.model.window.WindowBatch;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a fault costs later that outlasts a whole training span. */
final class PoisonedSpanTest {
  private static final long STEP = 1_000;
  private static final List<String> SERIES = List.of("s1", "s2", "s3", "s4", "s5");
  private static final int ROWS = 400;

  @TempDir private Path folder;

  @Test
  void aFaultInUnderHalfOfTheSeriesDoesNotHideTheNextOne() throws Exception {
    ModelArtifact clean = lastAfterFourSlides("clean", Set.of());
    ModelArtifact poisoned = lastAfterFourSlides("poisoned", Set.of("s4", "s5"));

    CorrelatedSensors sensors = new CorrelatedSensors(77);
    double missedByClean = 1 - alarmShare(clean, SERIES, () -> shifted(sensors));
    double missed = 1 - alarmShare(poisoned, SERIES, () -> shifted(sensors));

    assertThat(poisoned.manifest().version()).isEqualTo(clean.manifest().version());
    assertThat(missedByClean).isLessThan(0.05);
    assertThat(missed).isLessThanOrEqualTo(missedByClean + 0.05);
  }

  @Test
  void aSeriesThatIsMendedAfterItsFaultIsNoStranger() throws Exception {
    ModelArtifact poisoned = lastAfterFourSlides("poisoned", Set.of("s4", "s5"));

    assertThat(alarmShare(poisoned, List.of("s4", "s5"), new CorrelatedSensors(78)::normal))
        .isLessThan(0.05);
  }

  /**
   * The newest model after four slides, whatever the gate would say of it, of which the last two, a
   * whole span, hold the faults.
   */
  private ModelArtifact lastAfterFourSlides(String name, Set<String> faulty) throws Exception {
    Path store = folder.resolve(name);
    CorrelatedSensors sensors = new CorrelatedSensors(5);
    try (RetrainHarness retrain = RetrainHarness.open(store, ModelHistory.NONE, "gate: always")) {
      long time = SLIDE;
      for (int slide = 2; slide <= 4; slide++) {
        for (; time < slide * SLIDE; time += STEP) {
          for (String series : SERIES) {
            boolean faulted = slide > 2 && faulty.contains(series);
            float[] record = faulted ? shifted(sensors) : sensors.normal();
            retrain.send(series, time, ofSeries(series, record));
          }
        }
        retrain.watermark(time - 1);
        retrain.settle();
      }
      ModelNotice last =
          retrain.decisions().stream()
              .filter(notice -> notice.kind() == ACTIVATED)
              .reduce((older, newer) -> newer)
              .orElseThrow();
      return new LocalArtifactStore(store).load(last.uri(), last.sha256());
    }
  }

  /** Series lie far apart. */
  private static float[] ofSeries(String series, float[] record) {
    for (int feature = 0; feature < record.length; feature++) {
      record[feature] += 100f * SERIES.indexOf(series);
    }
    return record;
  }

  private static float[] shifted(CorrelatedSensors sensors) {
    float[] record = sensors.normal();
    record[1] += 12;
    return record;
  }

  private static double alarmShare(
      ModelArtifact model, List<String> series, Supplier<float[]> records) {
    try (Detector detector = Detector.open(model, new DetectorSettings(0.01, 0.5, "cpu"))) {
      int columns = model.manifest().columns();
      WindowBatch batch = new WindowBatch(ROWS * series.size(), 1, columns);
      for (int row = 0; row < ROWS; row++) {
        for (String one : series) {
          int offset = batch.add(one);
          System.arraycopy(ofSeries(one, records.get()), 0, batch.values(), offset, columns);
        }
      }
      Detections detections = detector.detect(batch);
      int alarms = 0;
      for (int row = 0; row < detections.size(); row++) {
        alarms += detections.anomalous(row) ? 1 : 0;
      }
      return (double) alarms / detections.size();
    }
  }
}
