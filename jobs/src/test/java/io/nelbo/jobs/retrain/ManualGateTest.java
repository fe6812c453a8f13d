package io.nelbo.jobs.retrain;

import static io.nelbo.jobs.retrain.RetrainHarness.SLIDE;
import static org.assertj.core.api.Assertions.assertThat;

import io.nelbo.jobs.models.ModelHistory;
import io.nelbo.jobs.stream.ModelNotice;
import io.nelbo.jobs.testing.CorrelatedSensors;
import io.nelbo.jobs.testing.TestModels;
import io.nelbo.model.artifact.LocalArtifactStore;
import io.nelbo.model.artifact.PublishedArtifact;
import io.nelbo.schemas.ModelTrigger;
import java.nio.file.Path;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Candidates that wait for a person, who may take long. */
final class ManualGateTest {
  private static final long STEP = 1_000;

  // The operator's view of the topic finds here what a job graph cannot carry.
  private static volatile List<ModelNotice> topic = List.of();

  private final CorrelatedSensors sensors = new CorrelatedSensors(5);
  private long time = SLIDE;

  @TempDir private Path store;

  @BeforeEach
  void emptyTopic() {
    topic = List.of();
  }

  @Test
  void afterAHeldFirstCandidateOnlySlidesOrderOthers() throws Exception {
    OperatorSubtaskState held;
    try (RetrainHarness retrain =
        RetrainHarness.open(store, ModelHistory.NONE, "gate: manual, drift: off")) {
      normalUntil(retrain, SLIDE + 300 * STEP);
      normalUntil(retrain, 2 * SLIDE);
      normalUntil(retrain, 3 * SLIDE - STEP);

      assertThat(retrain.decisions())
          .extracting(ModelNotice::trigger)
          .containsExactly(ModelTrigger.FIRST, ModelTrigger.SCHEDULE);
      held = retrain.snapshot();
    }

    try (RetrainHarness retrain =
        RetrainHarness.restored(store, held, "gate: manual, drift: off")) {
      normalUntil(retrain, 3 * SLIDE);

      assertThat(retrain.decisions())
          .extracting(ModelNotice::trigger)
          .containsExactly(ModelTrigger.SCHEDULE);
    }
  }

  @Test
  void aPromotionByAPersonIsNoticedWithoutARestart() throws Exception {
    try (RetrainHarness retrain = RetrainHarness.open(store, () -> topic, "gate: manual")) {
      normalUntil(retrain, SLIDE + 300 * STEP);
      PublishedArtifact first = new LocalArtifactStore(store).list("test").get(0);
      topic = List.of(TestModels.activation(first, 0, time));
      normalUntil(retrain, 2 * SLIDE);

      for (long piece = time; time < 3 * SLIDE; piece += SLIDE / 8) {
        for (; time < piece; time += STEP / 4) {
          float[] row = sensors.normal();
          retrain.send(
              "s", time, new float[] {2 * row[0], 10 + 2 * (row[1] - 10), -5 + 2 * (row[2] + 5)});
        }
        retrain.watermark(time - 1);
        retrain.settle();
      }

      assertThat(retrain.decisions()).extracting(ModelNotice::trigger).contains(ModelTrigger.DRIFT);
    }
  }

  private void normalUntil(RetrainHarness retrain, long end) throws Exception {
    for (; time < end; time += STEP) {
      retrain.send("s", time, sensors.normal());
    }
    retrain.watermark(end - 1);
    retrain.settle();
  }
}
