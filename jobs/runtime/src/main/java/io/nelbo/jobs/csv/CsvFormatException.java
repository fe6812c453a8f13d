package io.nelbo.jobs.csv;

import java.io.IOException;
import java.nio.file.Path;

/** A CSV file that cannot be read as records; the message names file, line, column and value. */
public final class CsvFormatException extends IOException {
  CsvFormatException(String message) {
    super(message);
  }

  /** Of the file as a whole. */
  public static CsvFormatException in(Path file, String format, Object... values) {
    return new CsvFormatException("%s: %s".formatted(file, format.formatted(values)));
  }

  /**
   * Of one row.
   *
   * @param line on which the row ends, counted from 1
   */
  public static CsvFormatException at(Path file, long line, String format, Object... values) {
    return new CsvFormatException("%s line %d: %s".formatted(file, line, format.formatted(values)));
  }
}
