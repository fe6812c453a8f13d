package io.nelbo.jobs.retrain;

import static io.nelbo.jobs.retrain.RetrainHarness.SLIDE;
import static io.nelbo.schemas.ModelEventKind.ACTIVATED;
import static io.nelbo.schemas.ModelEventKind.FAILED;
import static io.nelbo.schemas.ModelEventKind.REJECTED;
import static io.nelbo.schemas.ModelEventKind.SKIPPED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.nelbo.jobs.models.ModelHistory;
import io.nelbo.jobs.stream.ModelNotice;
import io.nelbo.jobs.testing.CorrelatedSensors;
import io.nelbo.model.artifact.LocalArtifactStore;
import io.nelbo.model.artifact.Manifest;
import io.nelbo.schemas.ModelEventKind;
import io.nelbo.schemas.ModelTrigger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
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
      assertThat(first.kind()).isEqualTo(ACTIVATED);
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
      assertThat(last.kind()).isIn(ACTIVATED, REJECTED);
      assertThat(last.incumbentVersion()).isNotEmpty();
      assertThat(last.incumbentNegativeElbo()).isFinite();
      assertThat(last.figures()).containsKeys("power", "difference_lower", "alarm_rate");
    }
  }

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

      assertThat(retrain.kinds().subList(2, 4)).containsExactly(SKIPPED, ACTIVATED);
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

      assertThat(retrain.kinds()).containsExactly(SKIPPED);
      assertThat(retrain.last().reason())
          .isEqualTo("of 300 rows in the span 298 are left, retrain.min-rows asks for 300");
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

      assertThat(retrain.kinds()).containsExactly(SKIPPED);
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

      assertThat(retrain.kinds().subList(0, 3)).containsExactly(ACTIVATED, SKIPPED, SKIPPED);
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

      assertThat(first).containsExactly(FAILED);
      assertThat(reason).isEqualTo("the training did not end within PT11M, train.budget is PT5M");
      assertThat(retrain.kinds()).containsExactly(FAILED, ACTIVATED);
    }
  }

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

      assertThat(inShadow).containsExactly(ACTIVATED);
      assertThat(retrain.kinds()).containsExactly(ACTIVATED, ACTIVATED, SKIPPED);
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

      assertThat(inShadow).containsExactly(SKIPPED);
      assertThat(retrain.kinds().subList(1, 3)).containsExactly(REJECTED, SKIPPED);
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

      assertThat(retrain.kinds()).contains(SKIPPED).hasSize(2);
      assertThat(retrain.decisions().get(0).spanEndMillis()).isEqualTo(2 * SLIDE);
    }
  }

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

  @Test
  void aPersonDecidesWhenTheGateIsManual() throws Exception {
    try (RetrainHarness retrain = RetrainHarness.open(store, ModelHistory.NONE, "gate: manual")) {
      sendUntil(retrain, SLIDE + 300 * STEP);
      retrain.watermark(time - STEP);

      retrain.settle();

      assertThat(retrain.kinds()).containsExactly(REJECTED);
      assertThat(retrain.last().version()).isEqualTo("v000001");
      assertThat(retrain.last().uri()).isNotEmpty();
      assertThat(retrain.last().reason())
          .startsWith(
              "retrain.gate is manual: v000001 passed the gate and waits for 'models promote"
                  + " v000001'");
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
