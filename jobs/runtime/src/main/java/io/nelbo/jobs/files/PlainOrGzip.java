package io.nelbo.jobs.files;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/** Files that may be compressed, whatever their names say. */
public final class PlainOrGzip {
  private static final int MAGIC = 0x1f8b;
  private static final int BUFFER = 1 << 16;

  private PlainOrGzip() {}

  /**
   * The file's content, unpacked.
   *
   * @throws IOException when it is not there, or starts like gzip and is not
   */
  public static InputStream open(Path file) throws IOException {
    BufferedInputStream bytes = new BufferedInputStream(Files.newInputStream(file), BUFFER);
    try {
      bytes.mark(2);
      int start = bytes.read() << 8 | bytes.read();
      bytes.reset();
      return start == MAGIC ? new GZIPInputStream(bytes, BUFFER) : bytes;
    } catch (IOException e) {
      bytes.close();
      throw e;
    }
  }
}
