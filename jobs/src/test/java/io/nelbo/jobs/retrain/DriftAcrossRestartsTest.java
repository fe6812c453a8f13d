package io.nelbo.jobs.retrain;

import static io.nelbo.jobs.retrain.RetrainHarness.SLIDE;
import static org.assertj.core.api.Assertions.assertThat;

import io.nelbo.jobs.models.ModelHistory;
import io.nelbo.jobs.stream.ModelNotice;
import io.nelbo.jobs.testing.CorrelatedSensors;
import io.nelbo.schemas.ModelEventKind;
import io.nelbo.schemas.ModelTrigger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A job that is restored from a checkpoint says of drift what it would have said without. */
final class DriftAcrossRestartsTest {
  private static final long STEP = 1_000;
  private static final long PIECE = SLIDE / 8;
  private static final String SETTINGS = "gate: always";

  private enum Restart {
    NEVER,
    AFTER_EACH_PIECE,
    AT_EACH_LOOK,
    IN_THE_TRAINING
  }

  /** All that a decision says but for what a second attempt at it may add in words. */
  private record Said(
      ModelEventKind kind,
      ModelTrigger trigger,
      String sha256,
      long end,
      long rows,
      long effectiveFrom) {}

  @TempDir private Path store;
  @TempDir private Path other;

  @ParameterizedTest
  @EnumSource(
      value = Restart.class,
      names = {"NEVER"},
      mode = EnumSource.Mode.EXCLUDE)
  void theAnnouncementsAreThoseOfARunWithoutRestarts(Restart when) throws Exception {
    List<Said> undisturbed;
    try (Run run = new Run(store, SETTINGS)) {
      run.modelOfTheOldNormal();
      run.drift(Restart.NEVER);
      undisturbed = run.said();
    }

    try (Run run = new Run(other, SETTINGS)) {
      run.modelOfTheOldNormal();
      run.drift(when);

      assertThat(run.restarts).isPositive();
      assertThat(run.said()).isEqualTo(undisturbed);
    }
    assertThat(undisturbed).extracting(Said::trigger).contains(TrainingOrder.DRIFT);
  }

  @Test
  void aStateFromBeforeDriftWasWatchedIsNoHindrance() throws Exception {
    try (Run run = new Run(store, SETTINGS + ", drift: off")) {
      run.modelOfTheOldNormal();
      run.restart(SETTINGS);

      run.drift(Restart.NEVER);

      assertThat(run.said()).extracting(Said::trigger).containsOnlyOnce(TrainingOrder.DRIFT);
    }
  }

  /** One stream through a job and its restored successors. */
  private static final class Run implements AutoCloseable {
    private final CorrelatedSensors sensors = new CorrelatedSensors(5);
    private final List<ModelNotice> decisions = new ArrayList<>();
    private final Path folder;
    private RetrainHarness retrain;
    private long time = SLIDE;
    private int restarts;

    Run(Path folder, String settings) throws Exception {
      this.folder = folder;
      retrain = RetrainHarness.open(folder, ModelHistory.NONE, settings);
    }

    void modelOfTheOldNormal() throws Exception {
      for (; time < 2 * SLIDE + STEP; time += STEP) {
        retrain.send("s", time, sensors.normal());
        if (time == SLIDE + 300 * STEP) {
          retrain.watermark(time);
          retrain.settle();
        }
      }
      retrain.watermark(2 * SLIDE);
      retrain.settle();
    }

    /** A slide of records that scatter twice as widely. */
    void drift(Restart when) throws Exception {
      for (long piece = time; time < 3 * SLIDE + STEP; piece += PIECE) {
        for (; time < piece; time += STEP / 4) {
          float[] row = sensors.normal();
          retrain.send(
              "s", time, new float[] {2 * row[0], 10 + 2 * (row[1] - 10), -5 + 2 * (row[2] + 5)});
        }
        retrain.watermark(time - 1);
        if (when == Restart.AT_EACH_LOOK && retrain.isBusy()) {
          restart(SETTINGS);
        }
        if (when == Restart.IN_THE_TRAINING && retrain.isBusy()) {
          retrain.awaitMail(); // the look's
          if (retrain.isBusy()) {
            restart(SETTINGS);
          }
        }
        retrain.settle();
        if (when == Restart.AFTER_EACH_PIECE) {
          restart(SETTINGS);
        }
      }
    }

    void restart(String settings) throws Exception {
      OperatorSubtaskState state = retrain.snapshot();
      decisions.addAll(retrain.decisions());
      retrain.close();
      restarts++;
      retrain = RetrainHarness.restored(folder, state, settings);
      retrain.watermark(time - 1);
    }

    List<Said> said() {
      List<ModelNotice> all = new ArrayList<>(decisions);
      all.addAll(retrain.decisions());
      return all.stream()
          .map(
              one ->
                  new Said(
                      one.kind(),
                      one.trigger(),
                      one.sha256(),
                      one.spanEndMillis(),
                      one.rows(),
                      one.effectiveFromMillis()))
          .toList();
    }

    @Override
    public void close() throws Exception {
      retrain.close();
    }
  }
}
