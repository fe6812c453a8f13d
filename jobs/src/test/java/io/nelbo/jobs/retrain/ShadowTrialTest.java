package io.nelbo.jobs.retrain;

import static io.nelbo.jobs.retrain.RetrainHarness.SLIDE;
import static io.nelbo.schemas.ModelEventKind.ACTIVATED;
import static io.nelbo.schemas.ModelEventKind.SKIPPED;
import static org.assertj.core.api.Assertions.assertThat;

import io.nelbo.jobs.models.ModelHistory;
import io.nelbo.jobs.stream.ModelNotice;
import io.nelbo.jobs.testing.CorrelatedSensors;
import io.nelbo.jobs.testing.TestDecisions;
import io.nelbo.model.artifact.LocalArtifactStore;
import io.nelbo.model.artifact.PublishedArtifact;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What may befall a candidate between two slides. */
final class ShadowTrialTest {
  private static final long STEP = 1_000;
  private static final String SETTINGS = "shadow: 1, gate: always, drift: off";

  // The operator's view of the topic finds here what a job graph cannot carry.
  private static volatile ModelHistory topic = ModelHistory.NONE;

  private final CorrelatedSensors sensors = new CorrelatedSensors(5);
  private long time = SLIDE;

  @TempDir private Path store;

  @BeforeEach
  void emptyTopic() {
    topic = ModelHistory.NONE;
  }

  @Test
  void aCheckThatFailsKeepsTheCandidateAndTheNextSlideTriesAgain() throws Exception {
    try (RetrainHarness retrain = inShadow("")) {
      topic =
          () -> {
            throw new IOException("the topic cannot be read");
          };
      endSlide(retrain, 3);
      topic = ModelHistory.NONE;
      endSlide(retrain, 4);

      assertThat(retrain.kinds()).containsExactly(ACTIVATED, SKIPPED, ACTIVATED, SKIPPED);
      assertThat(retrain.decisions().get(1).reason())
          .isEqualTo(
              "v000002 is in shadow and could not be looked at, the next slide tries again: the"
                  + " topic cannot be read");
      assertThat(retrain.decisions().get(1).spanEndMillis()).isEqualTo(3 * SLIDE);
      assertThat(retrain.decisions().get(2).version()).isEqualTo("v000002");
    }
  }

  @Test
  void whatAPersonDecidesAboutACandidateInShadowHolds() throws Exception {
    try (RetrainHarness retrain = inShadow("")) {
      PublishedArtifact waiting = new LocalArtifactStore(store).list("test").get(1);
      List<ModelNotice> decided =
          List.of(TestDecisions.rejected(waiting, 1, "it is of the old pump"));
      topic = () -> decided;

      endSlide(retrain, 3);
      topic = ModelHistory.NONE;
      endSlide(retrain, 4);

      assertThat(retrain.kinds().subList(0, 2)).containsExactly(ACTIVATED, SKIPPED);
      assertThat(retrain.decisions().get(1).reason())
          .isEqualTo(
              "its records are the shadow of v000002, which is in shadow no more: a person has"
                  + " decided about it meanwhile, it is REJECTED");
      assertThat(retrain.kinds()).hasSize(2);
      assertThat(new LocalArtifactStore(store).list("test"))
          .as("the next slide has a candidate of its own, in shadow now")
          .hasSize(3);
    }
  }

  @Test
  void tooFewRecordsAreJudgedWithThoseOfTheNextSlide() throws Exception {
    try (RetrainHarness retrain = inShadow("")) {
      sendUntil(retrain, 2 * SLIDE + 20 * STEP);
      time = 3 * SLIDE + STEP;
      endSlide(retrain, 3);
      endSlide(retrain, 4);

      assertThat(retrain.kinds()).containsExactly(ACTIVATED, SKIPPED, ACTIVATED, SKIPPED);
      assertThat(retrain.decisions().get(1).reason())
          .isEqualTo(
              "its records are the shadow of v000002, which is judged with the next slide's: 20"
                  + " rows give fewer than the 50 windows that a comparison needs");
    }
  }

  @Test
  void excludedPeriodsAreNoPartOfTheShadow() throws Exception {
    Path file =
        Files.writeString(
            store.resolve("exclusions.csv"),
            "*,%s,%s%n"
                .formatted(
                    Instant.ofEpochMilli(2 * SLIDE + 30 * STEP), Instant.ofEpochMilli(3 * SLIDE)));
    try (RetrainHarness retrain = inShadow(", exclusions: " + file)) {
      endSlide(retrain, 3);

      assertThat(retrain.last().reason())
          .endsWith("30 rows give fewer than the 50 windows that a comparison needs");
    }
  }

  @Test
  void aCheckThatARestartCutsOffIsMadeAgain() throws Exception {
    OperatorSubtaskState cutOff;
    try (RetrainHarness retrain = inShadow("")) {
      sendUntil(retrain, 3 * SLIDE + STEP);
      retrain.watermark(3 * SLIDE);
      cutOff = retrain.snapshot(); // the trainer's thread is at it, or its mail waits
    }

    try (RetrainHarness retrain = RetrainHarness.restored(store, cutOff, SETTINGS)) {
      retrain.watermark(3 * SLIDE);
      retrain.settle();

      assertThat(retrain.kinds()).containsExactly(ACTIVATED, SKIPPED);
      assertThat(retrain.decisions().get(0).version()).isEqualTo("v000002");
      assertThat(retrain.decisions().get(0).effectiveFromMillis()).isEqualTo(3 * SLIDE + STEP);
    }
  }

  /** With a first model that governs, and a second one in shadow from the third slide on. */
  private RetrainHarness inShadow(String more) throws Exception {
    RetrainHarness retrain = RetrainHarness.open(store, () -> topic.read(), SETTINGS + more);
    sendUntil(retrain, SLIDE + 300 * STEP);
    retrain.watermark(time - STEP);
    retrain.settle();
    sendUntil(retrain, 2 * SLIDE);
    retrain.watermark(2 * SLIDE);
    retrain.settle();
    assertThat(retrain.kinds()).containsExactly(ACTIVATED);
    return retrain;
  }

  private void endSlide(RetrainHarness retrain, int slide) throws Exception {
    sendUntil(retrain, slide * SLIDE);
    retrain.watermark(slide * SLIDE);
    retrain.settle();
  }

  private void sendUntil(RetrainHarness retrain, long end) throws Exception {
    for (; time < end; time += STEP) {
      retrain.send("s", time, sensors.normal());
    }
  }
}
