package io.nelbo.jobs.serve;

import io.nelbo.jobs.stream.ModelNotice;
import io.nelbo.model.artifact.ArtifactException;
import io.nelbo.model.detect.Detector;
import java.io.IOException;
import java.io.Serializable;

/** A recipe that travels with the job graph: from an announcement to a detector. */
@FunctionalInterface
public interface DetectorFactory extends Serializable {
  /**
   * Loads, verifies and warms up; called off the task thread.
   *
   * @throws ArtifactException when the artifact is refused for what its bytes say
   * @throws IOException when the store cannot be reached
   */
  Detector open(ModelNotice notice) throws IOException;

  /**
   * The same on the device of one task. Called once per task, before any model: a machine without
   * the device shall fail the task, not refuse every model.
   *
   * @throws IllegalStateException when the configured device is not there, with all that speaks
   *     against it
   */
  default DetectorFactory onDevice(AssignedGpus gpus) {
    return this;
  }
}
