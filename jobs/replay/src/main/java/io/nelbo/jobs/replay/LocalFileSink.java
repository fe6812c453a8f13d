package io.nelbo.jobs.replay;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;

/** One file on this machine, written by one subtask. A disk that is full fails the job. */
final class LocalFileSink<T> implements Sink<T> {
  private static final long serialVersionUID = 1;

  private final String file;
  private final RecordWriter.Factory<T> factory;

  LocalFileSink(Path file, RecordWriter.Factory<T> factory) {
    this.file = file.toAbsolutePath().toString();
    this.factory = factory;
  }

  @Override
  public SinkWriter<T> createWriter(WriterInitContext context) throws IOException {
    RecordWriter<T> writer = factory.open(Path.of(file));
    return new SinkWriter<>() {
      private boolean closed;

      @Override
      public void write(T value, Context at) throws IOException {
        writer.write(value);
      }

      @Override
      public void flush(boolean endOfInput) throws IOException {
        if (endOfInput) {
          close(); // a failure now still fails the job
        }
      }

      @Override
      public void close() throws IOException {
        if (!closed) {
          closed = true;
          writer.close();
        }
      }
    };
  }
}
