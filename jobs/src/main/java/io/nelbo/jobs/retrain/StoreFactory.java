package io.nelbo.jobs.retrain;

import io.nelbo.model.artifact.ArtifactStore;
import java.io.Serializable;

/** A recipe for the artifact store that travels with the job graph. */
@FunctionalInterface
public interface StoreFactory extends Serializable {
  ArtifactStore open();
}
