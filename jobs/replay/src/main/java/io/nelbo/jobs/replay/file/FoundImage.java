package io.nelbo.jobs.replay.file;

import java.nio.file.Path;

/**
 * A file that may be an image.
 *
 * @param path as it was named
 * @param series the folders between what was named and the file, or else the last of what was named
 * @param changedMillis when it was last changed
 */
record FoundImage(Path path, String series, long changedMillis) {
  /** Its last part. */
  String name() {
    return String.valueOf(path.getFileName());
  }
}
