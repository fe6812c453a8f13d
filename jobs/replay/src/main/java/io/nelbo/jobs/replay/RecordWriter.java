package io.nelbo.jobs.replay;

import io.nelbo.jobs.json.Json;
import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Writes what a stream brings into one file of this machine; whole once closed. */
interface RecordWriter<T> extends Closeable {
  void write(T value) throws IOException;

  /** Makes the writer where the sink runs; travels with the job graph. */
  interface Factory<T> extends Serializable {
    RecordWriter<T> open(Path file) throws IOException;
  }

  /** From a value to the fields of a JSON object; travels with the job graph. */
  interface ToFields<T> extends Serializable {
    Map<String, ?> fields(T value);
  }

  /** One JSON object per line. */
  static <T> Factory<T> jsonLines(ToFields<T> fields) {
    return file -> {
      BufferedWriter lines = Files.newBufferedWriter(file, StandardCharsets.UTF_8);
      return new RecordWriter<>() {
        @Override
        public void write(T value) throws IOException {
          lines.write(Json.line(fields.fields(value)));
          lines.write('\n');
        }

        @Override
        public void close() throws IOException {
          lines.close();
        }
      };
    };
  }
}
