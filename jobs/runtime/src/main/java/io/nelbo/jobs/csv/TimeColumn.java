package io.nelbo.jobs.csv;

import io.nelbo.jobs.config.ValueText;
import java.util.List;
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

  static TimeColumn find(FirstRows rows, CsvColumns columns, List<String> features) {
    String why = "";
    for (String column : rows.header()) {
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

  static boolean isNamedLikeTime(String column) {
    return NAMES.contains(FirstRows.bare(column));
  }

  /** Times that rise, fall, or grow within the values of some column, are times. */
  private static Optional<String> fault(String column, CsvColumns columns, FirstRows rows) {
    FirstRows.Growth growth = rows.growth(column, columns.series(), columns.values());
    if (growth.fault().isPresent()) {
      return growth.fault();
    }
    if (growth.isEmpty()) {
      return Optional.of("is empty");
    }
    boolean isTime = growth.rises() || growth.falls() || !rows.seriesFor(column, columns).isEmpty();
    return isTime ? Optional.empty() : Optional.of("does not grow from row to row");
  }
}
