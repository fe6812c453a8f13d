package io.nelbo.jobs.serve;

import io.nelbo.jobs.stream.ModelNotice;
import io.nelbo.model.artifact.ArtifactException;
import java.time.Duration;

/** Hears of loads; called on the loader's thread, and on the task's for a model in use. */
public interface LoadListener {
  void loaded(ModelNotice notice, Duration took);

  void refused(ModelNotice notice, ArtifactException.Reason reason);

  /** One detector has left the GPU for want of memory. */
  void movedToCpu();
}
