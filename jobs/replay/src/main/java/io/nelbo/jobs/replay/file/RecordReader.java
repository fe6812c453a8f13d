package io.nelbo.jobs.replay.file;

import io.nelbo.jobs.stream.Decoded;
import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;

/** Reads the records of files, one after the other. */
public interface RecordReader extends Closeable {
  /**
   * The next record; empty behind the last.
   *
   * @throws IOException naming file and place when it cannot be read
   */
  Optional<Decoded> next() throws IOException;

  /** File and line or number of the record that came last, for messages. */
  String place();

  /** What is to be said of the records that were read so far, in words. */
  default Optional<String> note() {
    return Optional.empty();
  }

  /** What to set so that records that were refused can be used, in words. */
  default Optional<String> advice() {
    return Optional.empty();
  }
}
