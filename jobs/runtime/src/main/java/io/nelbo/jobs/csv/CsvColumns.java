package io.nelbo.jobs.csv;

import java.io.Serializable;
import java.time.Duration;
import java.util.List;

/**
 * Which columns of CSV files are no features. An empty name means that there is none.
 *
 * @param time without it each series counts its rows from 2000-01-01
 * @param series without it all rows are one series; its name is given, or that of the one file, or
 *     of the folder that several files share, or else of the first of them
 * @param label some of the files may lack it
 * @param step event time between two rows of a series that have no time
 * @param values how cells are read
 */
public record CsvColumns(String time, String series, String label, Duration step, CsvValues values)
    implements Serializable {
  public CsvColumns {
    if (step.isZero() || step.isNegative()) {
      throw new IllegalArgumentException("step must be positive, got " + step);
    }
  }

  /** Times that are numbers are likely ones, others UTC, and a bad row stops the file. */
  public CsvColumns(String time, String series, String label, Duration step) {
    this(time, series, label, step, CsvValues.strict());
  }

  /** One series, a minute per row, no labels. */
  public static CsvColumns none() {
    return new CsvColumns("", "", "", Duration.ofMinutes(1));
  }

  /** The same with another column of times. */
  CsvColumns withTime(String other) {
    return new CsvColumns(other, series, label, step, values);
  }

  /** The same with another column of series. */
  CsvColumns withSeries(String other) {
    return new CsvColumns(time, other, label, step, values);
  }

  /** The same with another column of labels. */
  CsvColumns withLabel(String other) {
    return new CsvColumns(time, series, other, step, values);
  }

  /** The names that were given. */
  List<String> named() {
    return List.of(time, series, label).stream().filter(name -> !name.isEmpty()).toList();
  }
}
