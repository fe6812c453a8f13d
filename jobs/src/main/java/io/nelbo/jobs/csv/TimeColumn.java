package io.nelbo.jobs.csv;

import io.nelbo.jobs.config.ValueText;
import io.nelbo.jobs.values.TimeText;
import io.nelbo.jobs.values.ValueFormatException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The column that holds the times where nobody says which: it is named like one, and its first
 * values are likely times that grow. A counter of rows or a sensor is no time.
 *
 * @param name empty if there is none
 * @param note how the rows are timed, in words
 */
record TimeColumn(String name, String note) {
  private static final Set<String> NAMES =
      Set.of(
          "time",
          "timestamp",
          "datetime",
          "dateandtime",
          "date",
          "ts",
          "eventtime",
          "utc",
          "timeutc",
          "utctime",
          "utctimestamp",
          "timestamputc",
          "localtime",
          "epoch",
          "epochtime",
          "epochms",
          "unixtime",
          "unixtimestamp",
          "timestampms",
          "timems",
          "timestampns",
          "timens",
          "recordedat",
          "createdat",
          "measuredat",
          "zeit",
          "zeitstempel",
          "datum");
  private static final int ROWS = 200;
  private static final double LEAST_GROWING = 0.9;

  static TimeColumn find(Path file, CsvColumns columns, List<String> features) throws IOException {
    List<CsvFile.Row> rows = firstRows(file);
    String why = "";
    for (String column : new CsvFile(file).header()) {
      if (!isNamedLikeTime(column)
          || features.contains(column)
          || columns.named().contains(column)) {
        continue;
      }
      Optional<String> fault = fault(column, columns, rows);
      if (fault.isEmpty()) {
        return new TimeColumn(
            column,
            "rows are timed by column %s, found by its name and values; --time names another"
                .formatted(column));
      }
      why += "; column %s %s".formatted(column, fault.get());
    }
    return new TimeColumn(
        "",
        "no column tells the time (--time): each row of a series counts as %s, from 2000-01-01 on%s"
            .formatted(ValueText.format(columns.step()), why));
  }

  private static boolean isNamedLikeTime(String column) {
    return NAMES.contains(column.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", ""));
  }

  private static List<CsvFile.Row> firstRows(Path file) throws IOException {
    List<CsvFile.Row> rows = new ArrayList<>();
    try (CsvFile.Reader reader = new CsvFile(file).read()) {
      while (rows.size() < ROWS) {
        Optional<CsvFile.Row> row = reader.next();
        if (row.isEmpty()) {
          break;
        }
        rows.add(row.get());
      }
    } catch (CsvFormatException e) {
      // It is told where the rows are read; those above it are enough here.
    }
    return rows;
  }

  private static Optional<String> fault(String column, CsvColumns columns, List<CsvFile.Row> rows) {
    TimeText times = new TimeText(columns.values().unit(), columns.values().zone());
    Map<String, Long> last = new HashMap<>();
    int steps = 0;
    int growing = 0;
    for (CsvFile.Row row : rows) {
      long time;
      try {
        time = times.millis(row.cells().get(column));
      } catch (ValueFormatException e) {
        return Optional.of(String.valueOf(e.getMessage()));
      }
      if (time == TimeText.NONE) {
        continue;
      }
      boolean hasSeries = row.cells().isMapped(columns.series());
      String series = hasSeries ? row.cells().get(columns.series()) : "";
      Long before = last.put(series, time);
      steps += before == null ? 0 : 1;
      growing += before != null && time > before ? 1 : 0;
    }
    if (last.isEmpty()) {
      return Optional.of("is empty");
    }
    return growing < LEAST_GROWING * steps
        ? Optional.of("does not grow from row to row")
        : Optional.empty();
  }
}
