package io.nelbo.jobs.replay.file;

import io.nelbo.jobs.stream.Decoded;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The records of files as Flink reads them: opened where the source runs, closed at their end. */
final class RecordIterator implements Iterator<Decoded>, Serializable {
  private static final long serialVersionUID = 1;

  private final FileContents contents;
  private transient @Nullable RecordReader reader;
  private transient @Nullable Decoded next;
  private transient boolean ended;

  RecordIterator(FileContents contents) {
    this.contents = contents;
  }

  @Override
  public boolean hasNext() {
    if (next == null && !ended) {
      try {
        read();
      } catch (IOException e) {
        throw new UncheckedIOException(e.getMessage(), e);
      }
    }
    return next != null;
  }

  private void read() throws IOException {
    RecordReader open = reader == null ? contents.open() : reader;
    reader = open;
    Optional<Decoded> record = open.next();
    next = record.orElse(null);
    if (record.isEmpty()) {
      ended = true;
      open.close();
    }
  }

  @Override
  public Decoded next() {
    if (!hasNext() || next == null) {
      throw new NoSuchElementException("behind the last record");
    }
    Decoded record = next;
    next = null;
    return record;
  }
}
