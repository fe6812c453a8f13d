package io.nelbo.jobs.retrain.run;

import static io.nelbo.jobs.retrain.run.RetrainHarness.SLIDE;
import static org.assertj.core.api.Assertions.assertThat;

import io.nelbo.jobs.models.ModelHistory;
import io.nelbo.jobs.stream.ModelNotice;
import io.nelbo.jobs.testing.CorrelatedSensors;
import io.nelbo.schemas.ModelEventKind;
import java.nio.file.Path;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CandidateInShadowTest {
  private static final long STEP = 1_000;

  private final CorrelatedSensors sensors = new CorrelatedSensors(5);
  private long time = SLIDE;

  @TempDir private Path store;

  @Test
  void aCandidateInShadowMustPassTheGateAgainBeforeItIsActivated() throws Exception {
    try (RetrainHarness retrain =
        RetrainHarness.open(store, ModelHistory.NONE, "shadow: 1, gate: always, drift: off")) {
      firstModel(retrain);
      sendUntil(retrain, 2 * SLIDE + STEP);
      retrain.watermark(2 * SLIDE);
      retrain.settle();
      List<ModelEventKind> inShadow = retrain.kinds();
      sendUntil(retrain, 3 * SLIDE + STEP);

      retrain.watermark(3 * SLIDE);
      retrain.settle();

      assertThat(inShadow).containsExactly(ModelEventKind.ACTIVATED);
      assertThat(retrain.kinds())
          .containsExactly(
              ModelEventKind.ACTIVATED, ModelEventKind.ACTIVATED, ModelEventKind.SKIPPED);
      ModelNotice activated = retrain.decisions().get(1);
      assertThat(activated.spanEndMillis()).isEqualTo(2 * SLIDE);
      assertThat(activated.effectiveFromMillis()).isEqualTo(3 * SLIDE + 1_000);
      assertThat(retrain.last().reason())
          .isEqualTo("its records are the shadow of " + activated.version());
    }
  }

  @Test
  void aChangeThatDoesNotLastIsRejectedInShadowAndTheIncumbentStays() throws Exception {
    ModelNotice incumbent;
    try (RetrainHarness before = RetrainHarness.open(store, ModelHistory.NONE)) {
      firstModel(before);
      incumbent = before.last();
    }
    List<ModelNotice> history = List.of(incumbent);
    time = 2 * SLIDE;
    try (RetrainHarness retrain =
        RetrainHarness.open(store, () -> history, "shadow: 1, drift: off")) {
      for (; time < 4 * SLIDE; time += STEP) {
        float[] row = sensors.normal();
        row[1] += 30;
        retrain.send("s", time, row);
        if (time == 3 * SLIDE) {
          retrain.watermark(time); // the change has lasted for one slide only
          retrain.settle();
        }
      }
      retrain.watermark(4 * SLIDE);
      retrain.settle(); // learned, and in shadow
      List<ModelEventKind> inShadow = retrain.kinds();
      sendUntil(retrain, 5 * SLIDE + STEP);

      retrain.watermark(5 * SLIDE);
      retrain.settle();
      for (int slide = 6; slide <= 7; slide++) {
        sendUntil(retrain, slide * SLIDE + STEP);
        retrain.watermark(slide * SLIDE);
        retrain.settle();
      }

      assertThat(inShadow).containsExactly(ModelEventKind.SKIPPED);
      assertThat(retrain.kinds().subList(1, 3))
          .containsExactly(ModelEventKind.REJECTED, ModelEventKind.SKIPPED);
      ModelNotice rejected = retrain.decisions().get(1);
      assertThat(rejected.version()).isEqualTo("v000002");
      assertThat(rejected.spanEndMillis()).isEqualTo(4 * SLIDE);
      assertThat(rejected.effectiveFromMillis()).isEqualTo(Long.MAX_VALUE);
      assertThat(rejected.reason())
          .startsWith("in shadow: it explains the held-out rows worse than v000001 by ");
      assertThat(rejected.incumbentVersion()).isEqualTo(incumbent.version());
      assertThat(rejected.figures().getOrDefault("alarm_rate", 0.0)).isGreaterThan(0.9);
      assertThat(retrain.decisions().get(2).reason())
          .isEqualTo("its records are the shadow of v000002");
      assertThat(retrain.decisions().get(3).spanEndMillis()).isEqualTo(6 * SLIDE);
      assertThat(retrain.decisions().get(3).incumbentVersion()).isEqualTo(incumbent.version());
    }
  }

  @Test
  void aShadowSurvivesARestart() throws Exception {
    OperatorSubtaskState inShadow;
    try (RetrainHarness retrain =
        RetrainHarness.open(store, ModelHistory.NONE, "shadow: 1, gate: always, drift: off")) {
      firstModel(retrain);
      sendUntil(retrain, 2 * SLIDE + STEP);
      retrain.watermark(2 * SLIDE);
      retrain.settle();
      sendUntil(retrain, 3 * SLIDE + STEP);
      inShadow = retrain.snapshot();
    }

    try (RetrainHarness retrain = RetrainHarness.restored(store, inShadow)) {
      retrain.watermark(3 * SLIDE);
      retrain.settle();

      assertThat(retrain.kinds()).contains(ModelEventKind.SKIPPED).hasSize(2);
      assertThat(retrain.decisions().get(0).spanEndMillis()).isEqualTo(2 * SLIDE);
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
