package io.nelbo.jobs.replay.file;

import io.nelbo.jobs.config.NelboConfig;
import io.nelbo.jobs.config.SourceConfig;
import io.nelbo.jobs.files.PlainOrGzip;
import io.nelbo.jobs.stream.Decoded;
import io.nelbo.jobs.stream.Place;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * JSON records, one per line, as a dump of a topic has them; plain or gzip. Each line goes through
 * the decoder of the topic, so that what would be a dead letter there is one here.
 */
final class JsonLinesReader implements RecordReader {
  private static final int END = -1;

  private final List<Path> files;
  private final TopicJudge judge;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private int file = -1;
  private long row;
  private long lineNumber;
  private @Nullable InputStream open;

  JsonLinesReader(List<Path> files, NelboConfig config) {
    this.files = files;
    this.judge = new TopicJudge(config, SourceConfig.Format.JSON);
  }

  @Override
  public Optional<Decoded> next() throws IOException {
    while (open != null || file + 1 < files.size()) {
      InputStream bytes = open == null ? openNext() : open;
      while (readLine(bytes)) {
        lineNumber++;
        byte[] value = line.toByteArray();
        if (!isBlank(value)) {
          row++;
          return Optional.of(judge.judge(value, new Place(file, row)));
        }
      }
      close();
    }
    return Optional.empty();
  }

  private InputStream openNext() throws IOException {
    InputStream bytes = PlainOrGzip.open(files.get(++file));
    open = bytes;
    row = -1;
    lineNumber = 0;
    return bytes;
  }

  /** Fills the line without its end; false behind the last. */
  private boolean readLine(InputStream bytes) throws IOException {
    line.reset();
    int read = bytes.read();
    if (read == END) {
      return false;
    }
    while (read != END && read != '\n') {
      line.write(read);
      read = bytes.read();
    }
    return true;
  }

  private static boolean isBlank(byte[] value) {
    for (byte b : value) {
      if (b != ' ' && b != '\t' && b != '\r') {
        return false;
      }
    }
    return true;
  }

  @Override
  public String place() {
    return "%s line %d".formatted(files.get(file), lineNumber);
  }

  @Override
  public void close() throws IOException {
    if (open != null) {
      open.close();
      open = null;
    }
  }
}
