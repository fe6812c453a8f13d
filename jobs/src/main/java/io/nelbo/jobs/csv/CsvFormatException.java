package io.nelbo.jobs.csv;

import java.io.IOException;
import java.nio.file.Path;

/** A CSV file that cannot be read as records; the message names file, line, column and value. */
public final class CsvFormatException extends IOException {
  private static final long serialVersionUID = 1;

  private static final long NO_LINE = 0;

  private final long line;
  private final String fault;

  private CsvFormatException(String place, long line, String fault) {
    super(place + ": " + fault);
    this.line = line;
    this.fault = fault;
  }

  /** Of the file as a whole. */
  public static CsvFormatException in(Path file, String format, Object... values) {
    return new CsvFormatException(file.toString(), NO_LINE, format.formatted(values));
  }

  /**
   * Of one row; the rows below it may be good.
   *
   * @param line on which the row ends, counted from 1
   */
  public static CsvFormatException at(Path file, long line, String format, Object... values) {
    return new CsvFormatException(
        "%s line %d".formatted(file, line), line, format.formatted(values));
  }

  boolean isOfOneRow() {
    return line != NO_LINE;
  }

  /** Counted from 1, where it is of one row. */
  long line() {
    return line;
  }

  /** The message without the place. */
  String fault() {
    return fault;
  }
}
