package io.nelbo.jobs.retrain.run;

import static io.nelbo.jobs.retrain.run.RetrainHarness.SLIDE;
import static org.assertj.core.api.Assertions.assertThat;

import io.nelbo.jobs.models.ModelHistory;
import io.nelbo.jobs.stream.ModelNotice;
import io.nelbo.jobs.testing.CorrelatedSensors;
import io.nelbo.schemas.ModelTrigger;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DriftTrainingTest {
  private static final long STEP = 1_000;

  private final CorrelatedSensors sensors = new CorrelatedSensors(5);
  private long time = SLIDE;

  @TempDir private Path store;

  @Test
  void recordsThatBecomeLessLikelyAreTrainedOnBeforeTheSlideEnds() throws Exception {
    try (RetrainHarness retrain = RetrainHarness.open(store, ModelHistory.NONE, "gate: always")) {
      firstModel(retrain);
      sendUntil(retrain, 2 * SLIDE + STEP);
      retrain.watermark(2 * SLIDE);
      retrain.settle();
      for (long piece = time; time < 3 * SLIDE + STEP; piece += SLIDE / 8) {
        for (; time < piece; time += STEP / 4) {
          float[] row = sensors.normal();
          retrain.send(
              "s", time, new float[] {2 * row[0], 10 + 2 * (row[1] - 10), -5 + 2 * (row[2] + 5)});
        }
        retrain.watermark(time - 1);
        retrain.settle();
      }

      List<ModelNotice> drifted =
          retrain.decisions().stream().filter(it -> it.trigger() == ModelTrigger.DRIFT).toList();
      assertThat(drifted).hasSize(1);
      assertThat(drifted.get(0).spanEndMillis()).isStrictlyBetween(2 * SLIDE, 3 * SLIDE);
      assertThat(retrain.decisions()).as("the slide has its own").hasSize(4);
      assertThat(retrain.last().spanEndMillis()).isEqualTo(3 * SLIDE);
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
