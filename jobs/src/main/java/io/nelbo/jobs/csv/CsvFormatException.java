package io.nelbo.jobs.csv;

import io.nelbo.jobs.text.ShownText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** A CSV file that cannot be read as records; the message names file, line, column and value. */
public final class CsvFormatException extends IOException {
  CsvFormatException(String message) {
    super(message);
  }

  /** Of the file as a whole. */
  public static CsvFormatException in(Path file, String format, Object... values) {
    return new CsvFormatException("%s: %s".formatted(file, format.formatted(shown(values))));
  }

  /**
   * Of one row.
   *
   * @param line on which the row ends, counted from 1
   */
  public static CsvFormatException at(Path file, long line, String format, Object... values) {
    return new CsvFormatException(
        "%s line %d: %s".formatted(file, line, format.formatted(shown(values))));
  }

  private static Object[] shown(Object... values) {
    return Arrays.stream(values).map(CsvFormatException::shown).toArray();
  }

  /** Names and cells are cut where they are long. */
  private static Object shown(Object value) {
    if (value instanceof List<?> names) {
      return ShownText.of(names);
    }
    return value instanceof String text ? ShownText.of(text) : value;
  }
}
