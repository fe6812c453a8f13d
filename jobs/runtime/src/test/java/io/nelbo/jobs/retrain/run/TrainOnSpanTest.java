package io.nelbo.jobs.retrain.run;

import static io.nelbo.jobs.retrain.run.RetrainHarness.SLIDE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.nelbo.jobs.models.ModelHistory;
import io.nelbo.jobs.stream.ModelNotice;
import io.nelbo.jobs.testing.CorrelatedSensors;
import io.nelbo.model.artifact.LocalArtifactStore;
import io.nelbo.schemas.ModelEventKind;
import io.nelbo.schemas.ModelTrigger;
import java.nio.file.Path;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TrainOnSpanTest {
  private static final long STEP = 1_000;

  private final CorrelatedSensors sensors = new CorrelatedSensors(5);
  private long time = SLIDE;

  @TempDir private Path store;

  @Test
  void theFirstModelComesAsSoonAsThereAreEnoughRecords() throws Exception {
    try (RetrainHarness retrain = RetrainHarness.open(store, ModelHistory.NONE)) {
      sendUntil(retrain, SLIDE + 300 * STEP);
      retrain.watermark(time - STEP);

      retrain.settle();

      ModelNotice first = retrain.last();
      assertThat(first.kind()).isEqualTo(ModelEventKind.ACTIVATED);
      assertThat(first.trigger()).isEqualTo(ModelTrigger.FIRST);
      assertThat(first.rows()).isEqualTo(300);
      assertThat(first.incumbentVersion()).isEmpty();
      assertThat(first.effectiveFromMillis()).isEqualTo(time - STEP + 1 + 1_000);
    }
  }

  @Test
  void eachSlideThatEndsGetsOneDecisionFromItsWholeSpan() throws Exception {
    try (RetrainHarness retrain = RetrainHarness.open(store, ModelHistory.NONE)) {
      firstModel(retrain);

      sendUntil(retrain, 2 * SLIDE + STEP);
      retrain.watermark(2 * SLIDE);
      retrain.settle();
      sendUntil(retrain, 3 * SLIDE + STEP);
      retrain.watermark(3 * SLIDE - 2);
      int before = retrain.decisions().size();
      retrain.watermark(3 * SLIDE - 1);
      retrain.settle();

      assertThat(before).isEqualTo(2);
      assertThat(retrain.decisions())
          .extracting(ModelNotice::spanStartMillis, ModelNotice::spanEndMillis, ModelNotice::rows)
          .endsWith(tuple(0L, 2 * SLIDE, 400L), tuple(SLIDE, 3 * SLIDE, 800L));
      ModelNotice last = retrain.last();
      assertThat(last.trigger()).isEqualTo(ModelTrigger.SCHEDULE);
      assertThat(last.kind()).isIn(ModelEventKind.ACTIVATED, ModelEventKind.REJECTED);
      assertThat(last.incumbentVersion()).isNotEmpty();
      assertThat(last.incumbentNegativeElbo()).isFinite();
      assertThat(last.figures()).containsKeys("power", "difference_lower", "alarm_rate");
    }
  }

  @Test
  void aModelThatGovernsAlreadyIsTheOneToBeat() throws Exception {
    ModelNotice incumbent;
    try (RetrainHarness before = RetrainHarness.open(store, ModelHistory.NONE)) {
      firstModel(before);
      incumbent = before.last();
    }
    List<ModelNotice> history = List.of(incumbent);
    time = SLIDE;
    try (RetrainHarness retrain = RetrainHarness.open(store, () -> history)) {
      sendUntil(retrain, 3 * SLIDE);
      retrain.watermark(2 * SLIDE - 2);
      List<ModelEventKind> early = retrain.kinds();

      retrain.watermark(2 * SLIDE);
      retrain.settle();

      assertThat(early).isEmpty();
      assertThat(retrain.last().trigger()).isEqualTo(ModelTrigger.SCHEDULE);
      assertThat(retrain.last().incumbentVersion()).isEqualTo(incumbent.version());
    }
  }

  @Test
  void aSpanWithTooFewRecordsIsSkippedWithTheirNumberAndTheNeed() throws Exception {
    try (RetrainHarness retrain = RetrainHarness.open(store, ModelHistory.NONE)) {
      sendUntil(retrain, SLIDE + 20 * STEP);

      retrain.watermark(2 * SLIDE);

      assertThat(retrain.kinds()).containsExactly(ModelEventKind.SKIPPED);
      assertThat(retrain.last().rows()).isEqualTo(20);
      assertThat(retrain.last().reason())
          .isEqualTo("the span has 20 rows, retrain.min-rows asks for 300");
      assertThat(retrain.last().spanEndMillis()).isEqualTo(2 * SLIDE);
    }
  }

  @Test
  void slidesWithoutRecordsHaveNothingToDecide() throws Exception {
    try (RetrainHarness retrain = RetrainHarness.open(store, ModelHistory.NONE)) {
      sendUntil(retrain, SLIDE + 20 * STEP);

      retrain.watermark(1_000 * SLIDE);

      assertThat(retrain.kinds()).hasSize(1);
    }
  }

  @Test
  void slidesThatEndDuringATrainingAreOvertakenByTheNewest() throws Exception {
    try (RetrainHarness retrain = RetrainHarness.open(store, ModelHistory.NONE)) {
      sendUntil(retrain, SLIDE + 300 * STEP);
      retrain.watermark(time - STEP); // the first training begins
      sendUntil(retrain, 4 * SLIDE + STEP);
      retrain.watermark(4 * SLIDE);

      retrain.settle();

      assertThat(retrain.kinds().subList(0, 3))
          .containsExactly(
              ModelEventKind.ACTIVATED, ModelEventKind.SKIPPED, ModelEventKind.SKIPPED);
      assertThat(retrain.decisions().get(1).reason())
          .isEqualTo("the training before it took longer than a slide: a newer slide is due");
      assertThat(retrain.last().spanEndMillis()).isEqualTo(4 * SLIDE);
      assertThat(retrain.kinds()).hasSize(4);
    }
  }

  @Test
  void afterARestartTheSameSpanGetsTheSameModel() throws Exception {
    OperatorSubtaskState beforeTheDecision;
    ModelNotice lost;
    try (RetrainHarness retrain = RetrainHarness.open(store, ModelHistory.NONE)) {
      firstModel(retrain);
      sendUntil(retrain, 2 * SLIDE + STEP);
      beforeTheDecision = retrain.snapshot();
      retrain.watermark(2 * SLIDE);
      retrain.settle();
      lost = retrain.last();
    }

    try (RetrainHarness retrain = RetrainHarness.restored(store, beforeTheDecision)) {
      retrain.watermark(2 * SLIDE);
      retrain.settle();

      assertThat(retrain.decisions()).hasSize(1);
      ModelNotice again = retrain.last();
      assertThat(again.version()).isEqualTo(lost.version());
      assertThat(again.sha256()).isEqualTo(lost.sha256());
      assertThat(again.kind()).isEqualTo(lost.kind());
      assertThat(again.figures()).isEqualTo(lost.figures());
      assertThat(again.incumbentVersion()).isEqualTo(lost.incumbentVersion());
      assertThat(new LocalArtifactStore(store).list("test")).hasSize(2);
    }
  }

  @Test
  void aDecisionThatWasTakenIsNotTakenAgainAfterARestart() throws Exception {
    OperatorSubtaskState afterTheDecision;
    try (RetrainHarness retrain = RetrainHarness.open(store, ModelHistory.NONE)) {
      firstModel(retrain);
      sendUntil(retrain, 2 * SLIDE + STEP);
      retrain.watermark(2 * SLIDE);
      retrain.settle();
      afterTheDecision = retrain.snapshot();
    }

    try (RetrainHarness retrain = RetrainHarness.restored(store, afterTheDecision)) {
      retrain.watermark(2 * SLIDE + 1);
      retrain.endInput();

      assertThat(retrain.decisions()).isEmpty();
    }
  }

  @Test
  void aTrainingThatHangsBeyondItsBudgetFailsAndTheNextSlideTriesAgain() throws Exception {
    try (RetrainHarness retrain = RetrainHarness.open(store, ModelHistory.NONE)) {
      sendUntil(retrain, SLIDE + 300 * STEP);
      retrain.watermark(time - STEP);
      retrain.processingTime(10L * 60_000 + 60_000);
      List<ModelEventKind> first = retrain.kinds();
      String reason = retrain.last().reason();
      sendUntil(retrain, 2 * SLIDE + STEP);

      retrain.watermark(2 * SLIDE);
      retrain.endInput();

      assertThat(first).containsExactly(ModelEventKind.FAILED);
      assertThat(reason).isEqualTo("the training did not end within PT11M, train.budget is PT5M");
      assertThat(retrain.kinds()).containsExactly(ModelEventKind.FAILED, ModelEventKind.ACTIVATED);
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
