package io.nelbo.jobs.retrain.decide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nelbo.jobs.TestConfig;
import io.nelbo.jobs.config.NelboConfig;
import io.nelbo.jobs.models.ModelHistory;
import io.nelbo.jobs.retrain.due.TrainingOrder;
import io.nelbo.jobs.stream.ModelNotice;
import io.nelbo.jobs.testing.CorrelatedSensors;
import io.nelbo.jobs.testing.TestModels;
import io.nelbo.model.artifact.LocalArtifactStore;
import io.nelbo.model.artifact.PublishedArtifact;
import io.nelbo.model.fit.TrainingException;
import io.nelbo.model.gate.GateOutcome;
import io.nelbo.model.train.SpanBuilder;
import io.nelbo.model.train.TrainingSpan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CandidateTrainingTest {
  @TempDir private Path store;

  @Test
  void anArtifactIsAnnouncedAgainForTheSameRecordsAndSettingsOnly() throws Exception {
    TrainingSpan rows = span(1);

    String first = version(rows, 7);

    assertThat(first).isEqualTo("v000001");
    assertThat(version(rows, 7)).isEqualTo("v000001");
    assertThat(version(span(2), 7)).isEqualTo("v000002");
    assertThat(version(rows, 8)).isEqualTo("v000003");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "train: {hidden: 8, latent: 2, steps: 20, trim: 0.2}",
        "train: {hidden: 8, latent: 2, steps: 21}",
        "train: {hidden: 8, latent: 2, steps: 20, learning-rate: 1e-3}",
        "train: {hidden: 8, latent: 2, steps: 20, batch-size: 64}",
        "train: {hidden: 8, latent: 2, steps: 20, scale-by: global}",
        "alert: {episode-gap: 11m}",
      })
  void anArtifactOfOtherSettingsIsNotTakenForOnesOwn(String section) throws Exception {
    String settings =
        """
        train: {hidden: 8, latent: 2, steps: 20}
        retrain: {min-rows: 400}
        """;
    version(span(1), TestConfig.of(settings));

    String version = version(span(1), TestConfig.of(settings + section));

    assertThat(version).isEqualTo("v000002");
  }

  @Test
  void withActivationsWhoseArtifactsAreNotThereNoCandidateIsTheFirst() {
    ModelNotice activated =
        TestModels.activation(
            new PublishedArtifact(
                "test", "v000003", store.resolve("test/v000003").toUri() + "/", "0".repeat(64)),
            0,
            0);
    CandidateTraining training =
        new CandidateTraining(config(7), new LocalArtifactStore(store), () -> List.of(activated));

    assertThatThrownBy(() -> training.decide(first(span(1)), () -> true))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "test v000003 governs, and the store has no artifact of it nor of those before it:"
                + " without one no candidate can be compared; make the store reachable, or see"
                + " 'nelbo models repair'");
    assertThat(store).isEmptyDirectory();
  }

  @Test
  void oneThatIsStoppedAfterItsLastStepPublishesNothing(@TempDir Path other) throws Exception {
    AtomicInteger asked = new AtomicInteger();
    training(other).decide(first(span(1)), () -> asked.incrementAndGet() > 0);
    AtomicInteger left = new AtomicInteger(asked.get());

    assertThatThrownBy(
            () -> training(store).decide(first(span(1)), () -> left.decrementAndGet() > 0))
        .isInstanceOf(TrainingException.class)
        .hasMessage("v000001 is not published: its training was stopped");

    assertThat(left).hasValue(0);
    assertThat(store).isEmptyDirectory();
  }

  @Test
  void anIncumbentThatRefusesTheBudgetHoldsUpNoRetraining() throws Exception {
    ModelNotice incumbent = activated(config(7));
    NelboConfig smoothed =
        TestConfig.of(
            """
            train: {hidden: 8, latent: 2, steps: 20, seed: 7}
            retrain: {min-rows: 400}
            alert: {smooth: 4, false-alarm-rate: 0.1}
            """);
    CandidateTraining training =
        new CandidateTraining(smoothed, new LocalArtifactStore(store), () -> List.of(incumbent));

    OptionalDouble drift = training.watch(first(span(2)));
    Outcome outcome = training.decide(first(span(2)), () -> true);

    assertThat(drift).isEmpty();
    assertThat(outcome).isInstanceOf(Outcome.Judged.class);
    Outcome.Judged judged = (Outcome.Judged) outcome;
    assertThat(judged.gate()).isInstanceOf(GateOutcome.Accepted.class);
    assertThat(judged.gate().comparedWith()).isEmpty();
    assertThat(judged.governed()).isTrue();
    assertThat(judged.remarks().words())
        .anyMatch(
            remark ->
                remark.startsWith(
                    "v000001 does not say which records are strange: its calibration is of single"
                        + " records, alert.smooth is 4"));
  }

  @Test
  void excludedPeriodsAreNotLookedAtForDrift() throws Exception {
    ModelNotice incumbent = activated(config(7));
    Path file =
        Files.writeString(
            store.resolve("exclusions.csv"), "a,1970-01-01T00:00:00Z,1970-01-02T00:00:00Z\n");
    NelboConfig excluding =
        TestConfig.of(
            """
            train: {hidden: 8, latent: 2, steps: 20, seed: 7}
            retrain: {min-rows: 400, exclusions: '%s'}
            """
                .formatted(file));
    LocalArtifactStore artifacts = new LocalArtifactStore(store);

    OptionalDouble whole =
        new CandidateTraining(config(7), artifacts, () -> List.of(incumbent)).watch(first(span(2)));
    OptionalDouble nothing =
        new CandidateTraining(excluding, artifacts, () -> List.of(incumbent)).watch(first(span(2)));

    assertThat(whole).isPresent();
    assertThat(nothing).isEmpty();
  }

  /** A model of these settings that governs. */
  private ModelNotice activated(NelboConfig config) throws Exception {
    version(span(1), config);
    return TestModels.activation(new LocalArtifactStore(store).list("test").get(0), 0, 0);
  }

  private static CandidateTraining training(Path folder) {
    return new CandidateTraining(config(7), new LocalArtifactStore(folder), ModelHistory.NONE);
  }

  private String version(TrainingSpan rows, long seed) throws Exception {
    return version(rows, config(seed));
  }

  private String version(TrainingSpan rows, NelboConfig config) throws Exception {
    CandidateTraining training =
        new CandidateTraining(config, new LocalArtifactStore(store), ModelHistory.NONE);
    Outcome.Judged judged = (Outcome.Judged) training.decide(first(rows), () -> true);
    return judged.artifact().version();
  }

  private static TrainingOrder first(TrainingSpan rows) {
    return new TrainingOrder(rows, TrainingOrder.FIRST, Long.MIN_VALUE, Optional.empty());
  }

  private static NelboConfig config(long seed) {
    return TestConfig.of(
        """
        train: {hidden: 8, latent: 2, steps: 20, seed: %d}
        retrain: {min-rows: 400}
        """
            .formatted(seed));
  }

  /** The same times, other values. */
  private static TrainingSpan span(long seed) {
    CorrelatedSensors sensors = new CorrelatedSensors(seed);
    SpanBuilder span = new SpanBuilder(CorrelatedSensors.NAMES, 1_000);
    for (int time = 0; time < 400; time++) {
      span.add("a", time, sensors.normal());
    }
    return span.build();
  }
}
