package io.nelbo.model.artifact;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Where artifacts are kept: immutable versions, published whole or not at all. */
public interface ArtifactStore {
  /**
   * Publishes under {@code <model id>/<version>}; readers see all of it or nothing.
   *
   * @throws UnpublishedException when it cannot be written
   * @throws IOException also when the version exists with other bytes
   */
  PublishedArtifact publish(ArtifactBytes artifact) throws IOException;

  /** The same in the bytes that this program writes. */
  default PublishedArtifact publish(ModelArtifact artifact) throws IOException {
    return publish(ArtifactBytes.of(artifact));
  }

  /**
   * Reads and verifies.
   *
   * @throws ArtifactException when it is missing, altered, foreign, too large or of a future format
   */
  ArtifactBytes read(String uri, String sha256) throws IOException;

  /** The same, for those who do not need the bytes. */
  default ModelArtifact load(String uri, String sha256) throws IOException {
    return read(uri, sha256).artifact();
  }

  /** A valid artifact of this version, if it exists. */
  Optional<PublishedArtifact> find(String modelId, String version) throws IOException;

  /**
   * Versions that were ever begun and not removed, oldest first, damaged ones included. The newest
   * must never be removed: numbers go on from there.
   */
  List<ModelVersion> begun(String modelId) throws IOException;

  /** Versions of a model that have a manifest, oldest first. */
  List<PublishedArtifact> list(String modelId) throws IOException;

  /** Removes a version; readers see all of it or nothing. One that is not there is no failure. */
  void remove(String modelId, String version) throws IOException;
}
