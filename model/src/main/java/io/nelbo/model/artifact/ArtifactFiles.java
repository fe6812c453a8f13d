package io.nelbo.model.artifact;

import java.io.IOException;

/** The files of one artifact, wherever they lie. */
public interface ArtifactFiles {
  /**
   * The whole file; its size is looked at before anything is read into memory.
   *
   * @throws ArtifactException when it is missing, lies elsewhere or is larger
   */
  byte[] read(String name, long mostBytes) throws IOException;

  /** Where a file lies, for messages. */
  String place(String name);
}
