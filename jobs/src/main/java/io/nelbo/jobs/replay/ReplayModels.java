package io.nelbo.jobs.replay;

import io.nelbo.jobs.config.NelboConfig;
import io.nelbo.jobs.score.ModelHistory;
import io.nelbo.jobs.score.StoreDetectorFactory;
import io.nelbo.jobs.stream.ModelNotice;
import io.nelbo.model.artifact.LocalArtifactStore;
import io.nelbo.model.artifact.ModelVersion;
import io.nelbo.model.artifact.Provenance;
import io.nelbo.model.artifact.PublishedArtifact;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;

/** Finds the models that a replay is to be scored with. */
public final class ReplayModels {
  /** The last that the model topic activated. */
  public static final String INCUMBENT = "incumbent";

  private static final String LATEST = "latest";

  private final NelboConfig config;
  private final ModelHistory history;

  /**
   * @param history of the configuration's model topic
   */
  public ReplayModels(NelboConfig config, ModelHistory history) {
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
   * @param reference a version, {@code latest} or {@code incumbent}
   * @throws IOException when there is no such model, or it cannot score these records
   */
  public ModelNotice pinned(String reference) throws IOException {
    ModelNotice notice = notice(published(reference), store());
    new StoreDetectorFactory(config).open(notice).close();
    return notice;
  }

  /**
   * One model of the store, whether it can score these records or not.
   *
   * @param reference a version, {@code latest} or {@code incumbent}
   * @throws IOException when there is no such model
   */
  public PublishedArtifact published(String reference) throws IOException {
    LocalArtifactStore store = store();
    String id = config.model().id();
    String version =
        switch (reference) {
          case INCUMBENT -> incumbent().version();
          case LATEST -> latest(store).version();
          default -> reference;
        };
    if (!ModelVersion.isValid(version)) {
      throw new IllegalArgumentException(
          "--model must be a version like v000042, %s or %s, got %s"
              .formatted(LATEST, INCUMBENT, version));
    }
    return store
        .find(id, version)
        .orElseThrow(
            () ->
                new IOException(
                    "store %s has no valid %s of model %s; it has %s"
                        .formatted(config.model().store(), version, id, versions(store, id))));
  }

  private LocalArtifactStore store() {
    return new LocalArtifactStore(Path.of(config.model().store()), config.model().maxBytes());
  }

  private ModelNotice incumbent() throws IOException {
    return governing().stream()
        .filter(ModelNotice::isActivation)
        .max(Comparator.comparingLong(ModelNotice::offset))
        .orElseThrow();
  }

  private PublishedArtifact latest(LocalArtifactStore store) throws IOException {
    List<PublishedArtifact> all = store.list(config.model().id());
    if (all.isEmpty()) {
      throw new IOException(
          "store %s has no model %s: make one with 'nelbo train', or replay with --retrain --train-until"
              .formatted(config.model().store(), config.model().id()));
    }
    return all.get(all.size() - 1);
  }

  private static String versions(LocalArtifactStore store, String id) {
    try {
      List<String> found = store.list(id).stream().map(PublishedArtifact::version).toList();
      return found.isEmpty() ? "none" : String.join(", ", found);
    } catch (IOException e) {
      return "none that could be listed (" + e.getMessage() + ")";
    }
  }

  private static ModelNotice notice(PublishedArtifact artifact, LocalArtifactStore store)
      throws IOException {
    Provenance provenance = store.load(artifact.uri(), artifact.sha256()).manifest().provenance();
    return ModelNotice.activation(
        artifact,
        Long.MIN_VALUE,
        provenance.spanStartMillis(),
        provenance.spanEndMillis(),
        provenance.rows(),
        Double.NaN,
        "",
        "replay",
        0);
  }
}
