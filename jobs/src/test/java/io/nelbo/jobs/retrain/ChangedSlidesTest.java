package io.nelbo.jobs.retrain;

import static io.nelbo.jobs.retrain.RetrainHarness.SLIDE;
import static io.nelbo.schemas.ModelEventKind.SKIPPED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.nelbo.jobs.models.ModelHistory;
import io.nelbo.jobs.stream.ModelNotice;
import io.nelbo.jobs.testing.CorrelatedSensors;
import java.io.File;
import java.nio.file.Path;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.util.OperatorSnapshotUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A job that is restored with another {@code retrain.every} than its state was written with. */
final class ChangedSlidesTest {
  private static final long STEP = 1_000;

  private final CorrelatedSensors sensors = new CorrelatedSensors(5);

  @TempDir private Path store;

  @Test
  void longerSlidesGoOnWhereTheShorterOnesEnded() throws Exception {
    OperatorSubtaskState state = decidedAboutOneSlide();

    try (RetrainHarness retrain =
        RetrainHarness.restored(store, state, "span: 2400s, every: 1200s", "")) {
      send(retrain, 900_000, 10);
      retrain.watermark(1_200_000);

      assertThat(retrain.decisions())
          .extracting(ModelNotice::kind, ModelNotice::spanEndMillis, ModelNotice::rows)
          .containsExactly(tuple(SKIPPED, 1_200_000L, 50L));
    }
  }

  @Test
  void shorterSlidesKeepTheSampleAndDecideAboutNothingOfThePast() throws Exception {
    OperatorSubtaskState state = decidedAboutOneSlide();

    try (RetrainHarness retrain =
        RetrainHarness.restored(store, state, "span: 400s, every: 100s", "")) {
      send(retrain, 900_000, 10);
      retrain.watermark(1_000_000);

      assertThat(retrain.decisions())
          .extracting(ModelNotice::kind, ModelNotice::spanEndMillis, ModelNotice::rows)
          .containsExactly(tuple(SKIPPED, 900_000L, 20L), tuple(SKIPPED, 1_000_000L, 30L));
    }
  }

  @Test
  void aSecondRestartFindsOnlyTheNewSlides() throws Exception {
    OperatorSubtaskState state = decidedAboutOneSlide();
    OperatorSubtaskState changed;
    try (RetrainHarness retrain =
        RetrainHarness.restored(store, state, "span: 400s, every: 100s", "")) {
      changed = retrain.snapshot();
    }

    try (RetrainHarness retrain =
        RetrainHarness.restored(store, changed, "span: 400s, every: 100s", "")) {
      retrain.watermark(900_000);

      assertThat(retrain.decisions())
          .extracting(ModelNotice::spanEndMillis, ModelNotice::rows)
          .containsExactly(tuple(900_000L, 20L));
    }
  }

  @Test
  void aStateThatDoesNotKnowTheLengthOfItsSlidesIsTakenForOneOfThese() throws Exception {
    OperatorSubtaskState golden =
        OperatorSnapshotUtil.readStateHandle(
            new File("src/test/resources/retrain/state-without-slide-length.bin").toString());

    try (RetrainHarness retrain = RetrainHarness.restored(store, golden)) {
      retrain.watermark(3 * SLIDE);

      assertThat(retrain.decisions())
          .extracting(ModelNotice::kind, ModelNotice::spanEndMillis, ModelNotice::rows)
          .containsExactly(tuple(SKIPPED, 3 * SLIDE, 40L));
    }
  }

  /** Twenty records in the slide before, twenty in the one that is still open. */
  private OperatorSubtaskState decidedAboutOneSlide() throws Exception {
    try (RetrainHarness retrain = RetrainHarness.open(store, ModelHistory.NONE)) {
      send(retrain, SLIDE, 20);
      retrain.watermark(2 * SLIDE);
      send(retrain, 2 * SLIDE + 5 * STEP, 20);
      return retrain.snapshot();
    }
  }

  private void send(RetrainHarness retrain, long fromMillis, int records) throws Exception {
    for (int record = 0; record < records; record++) {
      retrain.send("s", fromMillis + record * STEP, sensors.normal());
    }
  }
}
