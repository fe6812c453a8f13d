package io.nelbo.jobs.retrain.run;

import static io.nelbo.jobs.retrain.run.RetrainHarness.SLIDE;
import static org.assertj.core.api.Assertions.assertThat;

import io.nelbo.jobs.models.ModelHistory;
import io.nelbo.jobs.testing.CorrelatedSensors;
import io.nelbo.model.artifact.LocalArtifactStore;
import io.nelbo.model.artifact.Manifest;
import io.nelbo.schemas.ModelEventKind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which records of a span are an example of the normal. */
final class TrainedRowsTest {
  private static final long STEP = 1_000;

  private final CorrelatedSensors sensors = new CorrelatedSensors(5);
  private long time = SLIDE;

  @TempDir private Path store;

  @Test
  void aNewNormalReplacesTheOldOneWithinASpan() throws Exception {
    try (RetrainHarness retrain = RetrainHarness.open(store, ModelHistory.NONE)) {
      firstModel(retrain);
      sendUntil(retrain, 2 * SLIDE);
      retrain.watermark(2 * SLIDE);
      retrain.settle();
      for (; time <= 4 * SLIDE; time += STEP) {
        float[] row = sensors.normal();
        row[1] += 30;
        retrain.send("s", time, row);
      }

      retrain.watermark(4 * SLIDE);
      retrain.settle();

      assertThat(retrain.kinds().subList(2, 4))
          .containsExactly(ModelEventKind.SKIPPED, ModelEventKind.ACTIVATED);
      assertThat(retrain.last().reason())
          .contains(
              "REGIME_CHANGE: at least half of the series have changed for 2 slides in a row");
      assertThat(retrain.last().figures().getOrDefault("incumbent_alarm_rate", 0.0))
          .isGreaterThan(0.9);
      assertThat(retrain.last().figures().getOrDefault("alarm_rate", 1.0)).isLessThan(0.1);
    }
  }

  @Test
  void aFaultOfOneSeriesIsNotLearnedHoweverLongItLasts() throws Exception {
    try (RetrainHarness retrain = RetrainHarness.open(store, ModelHistory.NONE)) {
      for (; time < 4 * SLIDE; time += STEP) {
        for (String series : List.of("s1", "s2", "s3")) {
          float[] row = sensors.normal();
          if (series.equals("s3") && time >= 2 * SLIDE) {
            row[1] += 30;
          }
          retrain.send(series, time, row);
        }
        if (time == 2 * SLIDE) {
          retrain.watermark(time - 1);
          retrain.settle(); // the first model, and the slide
        }
      }

      retrain.watermark(4 * SLIDE);
      retrain.settle();

      assertThat(retrain.last().reason())
          .contains("left out for faults, where more than 5 % of the rows alarm: s3");
      assertThat(retrain.last().rows()).isEqualTo(2_400);
      Manifest manifest =
          new LocalArtifactStore(store)
              .load(retrain.last().uri(), retrain.last().sha256())
              .manifest();
      assertThat(manifest.scaler().series().keySet()).containsExactly("s1", "s2", "s3");
      assertThat(manifest.scaler().scoreOffset("s3")).isZero(); // known from before alone
    }
  }

  @Test
  void excludedPeriodsAreNotTrainedOn() throws Exception {
    Path file =
        Files.writeString(
            store.resolve("exclusions.csv"),
            "*,%s,%s%n"
                .formatted(Instant.ofEpochMilli(SLIDE), Instant.ofEpochMilli(SLIDE + 2_000)));
    try (RetrainHarness retrain =
        RetrainHarness.open(store, ModelHistory.NONE, "exclusions: " + file)) {
      sendUntil(retrain, SLIDE + 300 * STEP);
      retrain.watermark(time - STEP);

      retrain.settle();

      assertThat(retrain.kinds()).containsExactly(ModelEventKind.SKIPPED);
      assertThat(retrain.last().reason())
          .isEqualTo("of 300 rows in the span 298 are left, retrain.min-rows asks for 300");
    }
  }

  private void firstModel(RetrainHarness retrain) throws Exception {
    sendUntil(retrain, SLIDE + 300 * STEP);
    retrain.watermark(time - STEP);
    retrain.settle();
  }

  /** One record each second from where it stands, the last one before this time. */
  private void sendUntil(RetrainHarness retrain, long end) throws Exception {
    for (; time < end; time += STEP) {
      retrain.send("s", time, sensors.normal());
    }
  }
}
