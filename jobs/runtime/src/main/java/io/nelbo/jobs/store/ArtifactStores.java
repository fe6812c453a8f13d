package io.nelbo.jobs.store;

import io.nelbo.jobs.config.ModelConfig;
import io.nelbo.model.artifact.ArtifactStore;
import io.nelbo.model.artifact.LocalArtifactStore;
import java.io.IOException;
import java.nio.file.Path;

/** Opens the store that a configuration names. */
public final class ArtifactStores {
  private ArtifactStores() {}

  /**
   * A plain path is a directory of this machine, anything else belongs to one of Flink's file
   * systems.
   *
   * @throws IOException when Flink knows no file system for it
   */
  public static ArtifactStore open(ModelConfig model) throws IOException {
    return model.hasLocalStore()
        ? new LocalArtifactStore(Path.of(model.store()), model.maxBytes())
        : new FileSystemStore(StoreFiles.of(model), model.maxBytes());
  }
}
