package io.nelbo.jobs.retrain;

import static org.assertj.core.api.Assertions.assertThat;

import io.nelbo.jobs.TestConfig;
import io.nelbo.jobs.testing.CorrelatedSensors;
import io.nelbo.model.artifact.ArtifactStore;
import io.nelbo.model.artifact.LocalArtifactStore;
import io.nelbo.model.artifact.ModelArtifact;
import io.nelbo.model.artifact.PublishedArtifact;
import io.nelbo.model.calibrate.AlarmBudget;
import io.nelbo.model.train.SpanBuilder;
import io.nelbo.model.train.TrainingConfig;
import io.nelbo.model.train.TrainingSpan;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TrainerThreadTest {
  @TempDir private Path store;

  /** A store whose classes are not all there. */
  private static final class Unlinked implements ArtifactStore {
    @Override
    public PublishedArtifact publish(ModelArtifact artifact) {
      throw new UnsatisfiedLinkError("no library");
    }

    @Override
    public ModelArtifact load(String uri, String sha256) {
      throw new UnsatisfiedLinkError("no library");
    }

    @Override
    public Optional<PublishedArtifact> find(String modelId, String version) {
      throw new UnsatisfiedLinkError("no library");
    }

    @Override
    public long nextVersion(String modelId) {
      throw new UnsatisfiedLinkError("no library");
    }

    @Override
    public List<PublishedArtifact> list(String modelId) {
      throw new UnsatisfiedLinkError("no library");
    }
  }

  @Test
  void anErrorOfThePlatformIsAnOutcomeToo() throws Exception {
    SpanBuilder span = new SpanBuilder(List.of("flow"), 1_000);
    span.add("a", 1, new float[] {1});
    TrainingSpan rows = span.build();
    CompletableFuture<TrainerThread.Outcome> outcome = new CompletableFuture<>();

    try (TrainerThread trainer =
        new TrainerThread(
            "test", TrainingConfig.defaults(), new AlarmBudget.RecordRate(0.001), new Unlinked())) {
      trainer.train(rows, outcome::complete);

      assertThat(outcome.get(20, TimeUnit.SECONDS))
          .isEqualTo(
              new TrainerThread.Outcome.Failed(rows, "java.lang.UnsatisfiedLinkError: no library"));
    }
  }

  @Test
  void anArtifactIsAnnouncedAgainForTheSameRecordsAndSettingsOnly() throws Exception {
    TrainingSpan rows = span(1);
    TrainingConfig config = config(7);

    String first = version(rows, config);

    assertThat(first).isEqualTo("v000001");
    assertThat(version(rows, config)).isEqualTo("v000001");
    assertThat(version(span(2), config)).isEqualTo("v000002");
    assertThat(version(rows, config(8))).isEqualTo("v000003");
  }

  private String version(TrainingSpan rows, TrainingConfig config) throws Exception {
    CompletableFuture<TrainerThread.Outcome> outcome = new CompletableFuture<>();
    try (TrainerThread trainer =
        new TrainerThread(
            "test", config, new AlarmBudget.RecordRate(0.001), new LocalArtifactStore(store))) {
      trainer.train(rows, outcome::complete);
      TrainerThread.Outcome.Published published =
          (TrainerThread.Outcome.Published) outcome.get(60, TimeUnit.SECONDS);
      return published.artifact().version();
    }
  }

  private static TrainingConfig config(long seed) {
    return TrainingSetup.of(
        TestConfig.of("train: {hidden: 8, latent: 2, steps: 20, seed: %d}".formatted(seed)));
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
