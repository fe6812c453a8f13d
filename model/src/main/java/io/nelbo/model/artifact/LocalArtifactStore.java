package io.nelbo.model.artifact;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A store in a directory of this machine, or one that is mounted. */
public final class LocalArtifactStore implements ArtifactStore {
  /** Root under which every artifact must lie. */
  public LocalArtifactStore(Path root) {}

  @Override
  public PublishedArtifact publish(ModelArtifact artifact) throws IOException {
    throw new UnsupportedOperationException();
  }

  @Override
  public ModelArtifact load(String uri, String sha256) throws IOException {
    throw new UnsupportedOperationException();
  }

  @Override
  public Optional<PublishedArtifact> find(String modelId, String version) throws IOException {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<PublishedArtifact> list(String modelId) throws IOException {
    throw new UnsupportedOperationException();
  }
}
