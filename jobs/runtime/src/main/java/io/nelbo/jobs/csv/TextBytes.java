package io.nelbo.jobs.csv;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * The bytes of a text file, unpacked where the JDK can: plain, gzip, or a zip of one file. What is
 * packed or written otherwise is called by its name, whatever the file's own says.
 */
final class TextBytes {
  private static final int BUFFER = 1 << 16;
  private static final int LONGEST_MAGIC = 6;
  private static final String GZIP = "1f8b";
  private static final String ZIP = "504b0304";

  /** First bytes, and what to do. */
  private static final Map<String, String> FOREIGN = new LinkedHashMap<>();

  static {
    FOREIGN.put("fd377a585a00", "is packed with xz: unpack it with 'xz -d', plain or gzip is read");
    FOREIGN.put("425a68", "is packed with bzip2: unpack it with 'bunzip2', plain or gzip is read");
    FOREIGN.put("28b52ffd", "is packed with zstd: unpack it with 'zstd -d', plain or gzip is read");
    FOREIGN.put("04224d18", "is packed with lz4: unpack it with 'lz4 -d', plain or gzip is read");
    FOREIGN.put("377abcaf", "is a 7z archive: unpack it, plain or gzip is read");
    FOREIGN.put("50415231", "is a Parquet file: export it as CSV");
    FOREIGN.put("4f626a01", "is an Avro container: export it as CSV ('replay' reads it as it is)");
    FOREIGN.put("d0cf11e0", "is an Excel workbook: save it as 'CSV UTF-8'");
    FOREIGN.put("fffe", "is UTF-16: save it as UTF-8 (Excel: 'CSV UTF-8')");
    FOREIGN.put("feff", "is UTF-16: save it as UTF-8 (Excel: 'CSV UTF-8')");
  }

  private TextBytes() {}

  /**
   * @throws CsvFormatException when it is no text that can be read
   */
  static InputStream open(Path file) throws IOException {
    BufferedInputStream bytes = new BufferedInputStream(Files.newInputStream(file), BUFFER);
    try {
      String magic = magic(bytes);
      if (magic.startsWith(GZIP)) {
        return requireText(file, gunzip(bytes));
      }
      return magic.startsWith(ZIP) ? onlyEntry(file, bytes) : requireText(file, bytes);
    } catch (IOException e) {
      bytes.close();
      throw e;
    }
  }

  private static BufferedInputStream gunzip(InputStream bytes) throws IOException {
    return new BufferedInputStream(new GZIPInputStream(bytes, BUFFER), BUFFER);
  }

  private static String magic(BufferedInputStream bytes) throws IOException {
    bytes.mark(LONGEST_MAGIC);
    String magic = HexFormat.of().formatHex(bytes.readNBytes(LONGEST_MAGIC));
    bytes.reset();
    return magic;
  }

  private static InputStream requireText(Path file, BufferedInputStream bytes) throws IOException {
    String magic = magic(bytes);
    for (Map.Entry<String, String> foreign : FOREIGN.entrySet()) {
      if (magic.startsWith(foreign.getKey())) {
        throw CsvFormatException.in(file, foreign.getValue());
      }
    }
    if (magic.startsWith(ZIP)) {
      throw CsvFormatException.in(file, "is a zip within a gzip: unpack it");
    }
    return bytes;
  }

  private static InputStream onlyEntry(Path file, InputStream bytes) throws IOException {
    try (InputStream again = Files.newInputStream(file);
        ZipInputStream entries = new ZipInputStream(again)) {
      int files = 0;
      for (ZipEntry entry = entries.getNextEntry();
          entry != null && files < 2;
          entry = entries.getNextEntry()) {
        files += entry.isDirectory() ? 0 : 1;
      }
      if (files > 1) {
        throw CsvFormatException.in(
            file, "is a zip of several files, or an Excel workbook: unpack it, or save it as CSV");
      }
      if (files == 0) {
        throw CsvFormatException.in(file, "is a zip without a file in it");
      }
    }
    ZipInputStream entry = new ZipInputStream(bytes);
    ZipEntry next = entry.getNextEntry();
    while (next != null && next.isDirectory()) {
      next = entry.getNextEntry();
    }
    return requireText(file, new BufferedInputStream(entry, BUFFER));
  }
}
