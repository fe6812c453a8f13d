package io.nelbo.jobs.retrain;

import static org.assertj.core.api.Assertions.assertThat;

import io.nelbo.model.artifact.ArtifactStore;
import io.nelbo.model.artifact.ModelArtifact;
import io.nelbo.model.artifact.PublishedArtifact;
import io.nelbo.model.train.SpanBuilder;
import io.nelbo.model.train.TrainingConfig;
import io.nelbo.model.train.TrainingSpan;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class TrainerThreadTest {
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
        new TrainerThread("test", TrainingConfig.defaults(), 0.001, new Unlinked())) {
      trainer.train(rows, outcome::complete);

      assertThat(outcome.get(20, TimeUnit.SECONDS))
          .isEqualTo(
              new TrainerThread.Outcome.Failed(rows, "java.lang.UnsatisfiedLinkError: no library"));
    }
  }
}
