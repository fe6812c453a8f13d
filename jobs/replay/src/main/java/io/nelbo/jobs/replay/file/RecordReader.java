package io.nelbo.jobs.replay.file;

import io.nelbo.jobs.stream.Decoded;
import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;

/** Reads the records of files, one after the other. */
interface RecordReader extends Closeable {
  /**
   * The next record; empty behind the last.
   *
   * @throws IOException naming file and place when it cannot be read
   */
  Optional<Decoded> next() throws IOException;
}
