package io.nelbo.model.artifact;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Where artifacts are kept: immutable versions, published whole or not at all. */
public interface ArtifactStore {
  /**
   * Publishes under {@code <model id>/<version>}; readers see all of it or nothing.
   *
   * @throws IOException when it cannot be written, or the version exists with other bytes
   */
  PublishedArtifact publish(ModelArtifact artifact) throws IOException;

  /**
   * Reads and verifies.
   *
   * @throws ArtifactException when it is missing, altered, foreign, too large or of a future format
   */
  ModelArtifact load(String uri, String sha256) throws IOException;

  /** A valid artifact of this version, if it exists. */
  Optional<PublishedArtifact> find(String modelId, String version) throws IOException;

  /** The number after the highest version that was ever begun, damaged ones included. */
  long nextVersion(String modelId) throws IOException;

  /** Versions of a model that have a manifest, oldest first. */
  List<PublishedArtifact> list(String modelId) throws IOException;
}
