package io.nelbo.jobs.models;

import io.nelbo.jobs.stream.ModelNotice;
import java.io.IOException;
import java.io.Serializable;
import java.util.List;

/** The model topic as it stands when a task opens. */
@FunctionalInterface
public interface ModelHistory extends Serializable {
  /** No history: a fresh topic, or a test. */
  ModelHistory NONE = List::of;

  /**
   * Reads to the current end, committed events only.
   *
   * @throws IOException when the end is not reached in time; the task fails and is tried again
   */
  List<ModelNotice> read() throws IOException;
}
