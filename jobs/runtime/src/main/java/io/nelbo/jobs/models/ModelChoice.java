package io.nelbo.jobs.models;

import io.nelbo.jobs.config.NelboConfig;
import io.nelbo.jobs.store.ArtifactStores;
import io.nelbo.jobs.stream.ModelNotice;
import io.nelbo.jobs.stream.NewNotice;
import io.nelbo.model.artifact.ArtifactStore;
import io.nelbo.model.artifact.Provenance;
import io.nelbo.model.artifact.PublishedArtifact;
import io.nelbo.schemas.ModelTrigger;
import java.io.IOException;
import java.util.List;

/** Finds the models that a replay is to be scored with. */
public final class ModelChoice {
  private final NelboConfig config;
  private final ModelHistory history;

  /**
   * @param history of the configuration's model topic
   */
  public ModelChoice(NelboConfig config, ModelHistory history) {
    this.config = config;
    this.history = history;
  }

  /**
   * All events of the model topic.
   *
   * @throws IOException when it cannot be read, or no model was ever activated
   */
  public List<ModelNotice> governing() throws IOException {
    List<ModelNotice> notices = history.read();
    if (notices.stream().noneMatch(ModelNotice::isActivation)) {
      throw new IOException(
          "topic %s has never activated a model of %s: choose one with --model, or train one with --retrain --train-until"
              .formatted(config.topics().models(), config.model().id()));
    }
    return notices;
  }

  /**
   * One model that governs all time, opened once to see that it fits.
   *
   * @param reference see {@link ModelReferences}
   * @throws IOException when there is no such model, or it cannot score these records
   */
  public ModelNotice pinned(String reference) throws IOException {
    PublishedArtifact published = new ModelReferences(config, history).published(reference);
    ModelNotice notice = notice(published, ArtifactStores.open(config.model()));
    ConfiguredModels.detectors(config).open(notice).close();
    return notice;
  }

  private static ModelNotice notice(PublishedArtifact artifact, ArtifactStore store)
      throws IOException {
    Provenance.Records trained =
        store.load(artifact.uri(), artifact.sha256()).manifest().provenance().records();
    return NewNotice.activation(
        artifact,
        Long.MIN_VALUE,
        new ModelNotice.Span(trained.startMillis(), trained.endMillis(), trained.count()),
        Double.NaN,
        ModelNotice.Why.of(ModelTrigger.REPLAY),
        0);
  }
}
