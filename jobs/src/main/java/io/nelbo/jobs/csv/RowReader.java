package io.nelbo.jobs.csv;

import io.nelbo.jobs.values.LabelText;
import io.nelbo.jobs.values.NumberText;
import io.nelbo.jobs.values.RowClock;
import io.nelbo.jobs.values.TimeText;
import io.nelbo.jobs.values.ValueFormatException;
import io.nelbo.schemas.DeadLetterReason;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.csv.CSVRecord;

/** Reads the cells of rows, one after the other, from the first file to the last. */
final class RowReader {
  private static final Instant FIRST_ROW = Instant.parse("2000-01-01T00:00:00Z");

  private static final String NAME_IT =
      ": name the column with --time, --series or --label if it is one of these, or remove it";

  private final CsvColumns columns;
  private final List<String> features;
  private final String onlySeries;
  private final TimeText times;
  private final Map<String, Long> counted = new HashMap<>();
  private final Map<String, RowClock> clocks = new HashMap<>();
  private long skippedHours;
  private long firstSkippedLine;

  /** A cell that cannot be read; it has no stack. */
  private static final class BadCellException extends Exception {
    private static final long serialVersionUID = 1;

    private final DeadLetterReason reason;

    BadCellException(DeadLetterReason reason, String message) {
      super(message, null, false, false);
      this.reason = reason;
    }
  }

  /**
   * @param features to read, in the order of a record's values
   * @param onlySeries where no column names the series
   */
  RowReader(CsvColumns columns, List<String> features, String onlySeries) {
    this.columns = columns;
    this.features = features;
    this.onlySeries = onlySeries;
    this.times = new TimeText(columns.values().unit(), columns.values().zone());
  }

  CsvRow read(int file, long line, CSVRecord row) {
    try {
      float[] values = new float[features.size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = value(row, features.get(i));
      }
      String series = series(row);
      long time = columns.time().isEmpty() ? counted(series) : time(row, series, line);
      return new CsvRecord(file, line, series, time, values, label(row));
    } catch (BadCellException e) {
      return new BadRow(file, line, e.reason, String.valueOf(e.getMessage()));
    }
  }

  private static float value(CSVRecord row, String feature) throws BadCellException {
    String text = row.get(feature);
    float value;
    try {
      value = NumberText.parse(text);
    } catch (ValueFormatException e) {
      throw new BadCellException(
          DeadLetterReason.WRONG_FEATURES,
          "column %s %s%s".formatted(feature, e.getMessage(), e.isAdvised() ? "" : NAME_IT));
    }
    if (Float.isInfinite(value)) {
      throw new BadCellException(
          DeadLetterReason.NOT_FINITE,
          "column %s holds \"%s\", which is no finite 32-bit number".formatted(feature, text));
    }
    return value;
  }

  private String series(CSVRecord row) throws BadCellException {
    if (columns.series().isEmpty()) {
      return onlySeries;
    }
    String series = row.get(columns.series()).strip();
    if (series.isEmpty()) {
      throw new BadCellException(
          DeadLetterReason.NO_SERIES, "column %s (--series) is empty".formatted(columns.series()));
    }
    return series;
  }

  private long counted(String series) {
    return counted.merge(
        series, FIRST_ROW.toEpochMilli(), (last, none) -> last + columns.step().toMillis());
  }

  private long time(CSVRecord row, String series, long line) throws BadCellException {
    String text = row.get(columns.time());
    long time;
    try {
      time =
          columns.values().rowsTellTheHour()
              ? times.millis(text, clock(series))
              : times.millis(text);
    } catch (ValueFormatException e) {
      throw new BadCellException(
          DeadLetterReason.NO_TIME,
          "column %s (--time) %s".formatted(columns.time(), e.getMessage()));
    }
    if (time == TimeText.NONE) {
      throw new BadCellException(
          DeadLetterReason.NO_TIME, "column %s (--time) is empty".formatted(columns.time()));
    }
    if (columns.values().rowsTellTheHour()) {
      RowClock clock = clock(series);
      clock.saw(time);
      if (clock.tookSkipped() && skippedHours++ == 0) {
        firstSkippedLine = line;
      }
    }
    return time;
  }

  private RowClock clock(String series) {
    return clocks.computeIfAbsent(series, name -> new RowClock(columns.values().zone()));
  }

  private int label(CSVRecord row) throws BadCellException {
    // A training file often lacks the labels of its test file.
    if (columns.label().isEmpty() || !row.isMapped(columns.label())) {
      return LabelText.UNKNOWN;
    }
    try {
      return LabelText.parse(row.get(columns.label()));
    } catch (ValueFormatException e) {
      throw new BadCellException(
          DeadLetterReason.UNPARSEABLE,
          "column %s (--label) %s".formatted(columns.label(), e.getMessage()));
    }
  }

  /** Rows in an hour that the zone skips. */
  long skippedHours() {
    return skippedHours;
  }

  /** Of the first of them; 0 without any. */
  long firstSkippedLine() {
    return firstSkippedLine;
  }
}
