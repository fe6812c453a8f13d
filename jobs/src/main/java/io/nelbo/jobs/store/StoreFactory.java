package io.nelbo.jobs.store;

import io.nelbo.model.artifact.ArtifactStore;
import java.io.IOException;
import java.io.Serializable;

/** A recipe for the artifact store that travels with the job graph. */
@FunctionalInterface
public interface StoreFactory extends Serializable {
  /**
   * @throws IOException when there is no way to it
   */
  ArtifactStore open() throws IOException;
}
