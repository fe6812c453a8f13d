package io.nelbo.jobs.models;

import io.nelbo.jobs.config.NelboConfig;
import io.nelbo.model.artifact.ArtifactBytes;
import io.nelbo.model.artifact.ArtifactStore;
import io.nelbo.model.artifact.ModelVersion;
import io.nelbo.model.artifact.PublishedArtifact;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A store that lets old versions go whenever a new one comes. */
public final class RetainingStore implements ArtifactStore {
  private static final Logger LOG = LoggerFactory.getLogger(RetainingStore.class);

  private final ArtifactStore store;
  private final NelboConfig config;
  private final ModelHistory history;
  private final OldestRecord oldest;

  /**
   * @param history of the configuration's model topic: what nobody can look up is never removed
   */
  public RetainingStore(
      ArtifactStore store, NelboConfig config, ModelHistory history, OldestRecord oldest) {
    this.store = store;
    this.config = config;
    this.history = history;
    this.oldest = oldest;
  }

  @Override
  public PublishedArtifact publish(ArtifactBytes artifact) throws IOException {
    PublishedArtifact published = store.publish(artifact);
    String modelId = published.modelId();
    try {
      if (store.begun(modelId).size() > config.model().keep()) {
        sweep(modelId);
      }
    } catch (IOException | RuntimeException unreachable) {
      // The model is there and worth more than the room that others take: next time.
      LOG.warn("old versions of {} were not removed: {}", modelId, unreachable.getMessage());
    }
    return published;
  }

  private void sweep(String modelId) throws IOException {
    ModelLedger ledger = ModelLedger.of(modelId, store, history.read());
    for (String version : Retention.of(config, oldest).removable(ledger)) {
      store.remove(modelId, version);
      LOG.info("removed {} {}: model.keep is {}", modelId, version, config.model().keep());
    }
  }

  @Override
  public ArtifactBytes read(String uri, String sha256) throws IOException {
    return store.read(uri, sha256);
  }

  @Override
  public Optional<PublishedArtifact> find(String modelId, String version) throws IOException {
    return store.find(modelId, version);
  }

  @Override
  public List<ModelVersion> begun(String modelId) throws IOException {
    return store.begun(modelId);
  }

  @Override
  public List<PublishedArtifact> list(String modelId) throws IOException {
    return store.list(modelId);
  }

  @Override
  public void remove(String modelId, String version) throws IOException {
    store.remove(modelId, version);
  }
}
