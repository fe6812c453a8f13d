package io.nelbo.jobs.models;

import io.nelbo.jobs.config.NelboConfig;
import io.nelbo.jobs.store.ArtifactStores;
import io.nelbo.jobs.stream.ModelNotice;
import io.nelbo.model.artifact.ArtifactStore;
import io.nelbo.model.artifact.ModelVersion;
import io.nelbo.model.artifact.PublishedArtifact;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;

/** Finds the model that a person means: {@code v000042}, {@code 42}, {@code latest}, ... */
public final class ModelReferences {
  /** The last that the model topic activated. */
  public static final String INCUMBENT = "incumbent";

  /** The newest of the store. */
  public static final String LATEST = "latest";

  /** What a reference may be, for the help of commands. */
  public static final String MEANING =
      "A version like v000042 or 42, 'latest' (the newest of the store) or 'incumbent' (the last"
          + " that the model topic activated).";

  private final NelboConfig config;
  private final ModelHistory history;

  /**
   * @param history of the configuration's model topic; read for {@code incumbent} only
   */
  public ModelReferences(NelboConfig config, ModelHistory history) {
    this.config = config;
    this.history = history;
  }

  /**
   * The version that is meant, whether the store has it or not.
   *
   * @throws IllegalArgumentException when it is no reference, naming the versions of the store
   * @throws IOException when there is no newest or no incumbent
   */
  public String version(String reference) throws IOException {
    if (reference.equals(INCUMBENT)) {
      return incumbent();
    }
    if (reference.equals(LATEST)) {
      return latest();
    }
    String version =
        reference.matches("[1-9]\\d{0,17}")
            ? new ModelVersion(Long.parseLong(reference)).toString()
            : reference;
    if (!ModelVersion.isValid(version)) {
      throw new IllegalArgumentException(
          "a model is a version like v000042 or 42, '%s' or '%s', got '%s'; %s has %s"
              .formatted(
                  LATEST,
                  INCUMBENT,
                  reference,
                  config.model().store(),
                  versions(ArtifactStores.open(config.model()), config.model().id())));
    }
    return version;
  }

  /**
   * Where it lies, whether it can score these records or not.
   *
   * @throws IOException when there is no such model
   */
  public PublishedArtifact published(String reference) throws IOException {
    ArtifactStore store = ArtifactStores.open(config.model());
    String id = config.model().id();
    String version = version(reference);
    return store
        .find(id, version)
        .orElseThrow(
            () ->
                new IOException(
                    "store %s has no valid %s of model %s; it has %s"
                        .formatted(config.model().store(), version, id, versions(store, id))));
  }

  private String incumbent() throws IOException {
    return history.read().stream()
        .filter(ModelNotice::isActivation)
        .max(Comparator.comparingLong(ModelNotice::offset))
        .map(ModelNotice::version)
        .orElseThrow(
            () ->
                new IOException(
                    "topic %s has never activated a model of %s, so there is no incumbent"
                        .formatted(config.topics().models(), config.model().id())));
  }

  private String latest() throws IOException {
    List<PublishedArtifact> all = ArtifactStores.open(config.model()).list(config.model().id());
    if (all.isEmpty()) {
      throw new IOException(
          "store %s has no model %s: make one with 'nelbo train', or replay with --retrain --train-until"
              .formatted(config.model().store(), config.model().id()));
    }
    return all.get(all.size() - 1).version();
  }

  private static String versions(ArtifactStore store, String id) {
    try {
      List<String> found = store.list(id).stream().map(PublishedArtifact::version).toList();
      return found.isEmpty() ? "none" : String.join(", ", found);
    } catch (IOException e) {
      return "none that could be listed (" + e.getMessage() + ")";
    }
  }
}
