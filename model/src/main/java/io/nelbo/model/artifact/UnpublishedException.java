package io.nelbo.model.artifact;

import java.io.IOException;
import java.nio.file.FileSystemException;

/** A store could not take an artifact; readers see nothing of it. The message says what to do. */
public final class UnpublishedException extends IOException {
  private static final long serialVersionUID = 1;

  /**
   * @param artifact that should have been written
   * @param place where to, for people
   * @param cause what the file system said
   */
  public UnpublishedException(ArtifactBytes artifact, String place, IOException cause) {
    super(
        String.format(
            "%s %s (%s bytes) could not be written to %s: %s; nothing of it is to be seen there."
                + " See that there is room (a lower model.keep needs less) and that it may be"
                + " written to, then try again; retrain does so at the end of the next slide",
            artifact.artifact().manifest().modelId(),
            artifact.artifact().manifest().version(),
            artifact.manifest().length + artifact.weights().length,
            place,
            reason(cause)),
        cause);
  }

  /** Some exceptions of a file system have no words but the file's name. */
  private static String reason(IOException cause) {
    boolean isNameless = cause instanceof FileSystemException file && file.getReason() == null;
    return isNameless || cause.getMessage() == null ? cause.toString() : cause.getMessage();
  }
}
