package io.nelbo.jobs.csv;

import java.io.Serializable;
import java.time.Duration;
import java.util.List;

/**
 * Which columns of CSV files are no features. An empty name means that there is none.
 *
 * @param time epoch seconds or milliseconds, ISO-8601, or {@code yyyy-MM-dd HH:mm:ss} in UTC;
 *     without it each series counts its rows from 2000-01-01
 * @param series without it all rows are one series; its name is given, or that of the one file, or
 *     of the folder that several files share, or else of the first of them
 * @param label 1 or true is anomalous, 0 or false normal, empty unknown; some of the files may lack
 *     it
 * @param step event time between two rows of a series that have no time
 */
public record CsvColumns(String time, String series, String label, Duration step)
    implements Serializable {
  public CsvColumns {
    if (step.isZero() || step.isNegative()) {
      throw new IllegalArgumentException("step must be positive, got " + step);
    }
  }

  /** One series, a minute per row, no labels. */
  public static CsvColumns none() {
    return new CsvColumns("", "", "", Duration.ofMinutes(1));
  }

  /** The names that were given. */
  List<String> named() {
    return List.of(time, series, label).stream().filter(name -> !name.isEmpty()).toList();
  }
}
