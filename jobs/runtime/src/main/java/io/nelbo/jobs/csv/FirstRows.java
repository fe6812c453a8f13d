package io.nelbo.jobs.csv;

import io.nelbo.jobs.values.MissingText;
import io.nelbo.jobs.values.TimeText;
import io.nelbo.jobs.values.ValueFormatException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The first rows of a file, to judge its columns by. */
record FirstRows(List<String> header, List<CsvFile.Row> rows) {
  private static final int MOST = 2_000;
  private static final double NEARLY_ALL = 0.9;

  /** Of the rows, as many or more must have the same name for it to be a series. */
  private static final int LEAST_ROWS_OF_SERIES = 3;

  FirstRows {
    rows = List.copyOf(rows);
  }

  static FirstRows of(Path file) throws IOException {
    List<CsvFile.Row> rows = new ArrayList<>();
    CsvFile csv = new CsvFile(file);
    try (CsvFile.Reader reader = csv.read()) {
      while (rows.size() < MOST) {
        Optional<CsvFile.Row> row = reader.next();
        if (row.isEmpty()) {
          break;
        }
        rows.add(row.get());
      }
    } catch (CsvFormatException e) {
      // It is told where the rows are read; those above it are enough here.
    }
    return new FirstRows(csv.header(), rows);
  }

  /** Cells of one column that hold something. */
  List<String> cells(String column) {
    return rows.stream()
        .filter(row -> row.cells().isMapped(column))
        .map(row -> row.cells().get(column))
        .filter(cell -> !MissingText.isMissing(cell))
        .toList();
  }

  /**
   * How times go from row to row of a series.
   *
   * @param steps from a row to the next
   * @param fault of a cell that is no time, in words
   */
  record Growth(int steps, int growing, int falling, boolean isEmpty, Optional<String> fault) {
    boolean grows() {
      return fault.isEmpty() && !isEmpty && growing >= NEARLY_ALL * steps;
    }

    /** It does not fall, but for a few rows, and does not stand still: rows may come twice. */
    boolean rises() {
      return fault.isEmpty() && growing > 0 && steps - falling >= NEARLY_ALL * steps;
    }

    /** The newest row comes first. */
    boolean falls() {
      return fault.isEmpty() && steps > 1 && falling >= NEARLY_ALL * steps;
    }
  }

  /**
   * @param time column of times
   * @param series column of series; empty for one series
   */
  Growth growth(String time, String series, CsvValues values) {
    TimeText times = new TimeText(values.unit(), values.zone());
    Map<String, Long> last = new HashMap<>();
    int steps = 0;
    int growing = 0;
    int falling = 0;
    for (CsvFile.Row row : rows) {
      long at;
      try {
        at = times.millis(row.cells().get(time));
      } catch (ValueFormatException e) {
        return new Growth(0, 0, 0, false, Optional.of(String.valueOf(e.getMessage())));
      }
      if (at == TimeText.NONE) {
        continue;
      }
      boolean hasSeries = row.cells().isMapped(series);
      Long before = last.put(hasSeries ? row.cells().get(series) : "", at);
      steps += before == null ? 0 : 1;
      growing += before != null && at > before ? 1 : 0;
      falling += before != null && at < before ? 1 : 0;
    }
    return new Growth(steps, growing, falling, last.isEmpty(), Optional.empty());
  }

  /** Columns within whose values the times grow, though they do not from row to row. */
  List<String> seriesFor(String time, CsvColumns columns) {
    List<String> found = new ArrayList<>();
    for (String column : header) {
      if (column.equals(time) || columns.named().contains(column)) {
        continue;
      }
      List<String> cells = cells(column);
      Set<String> names = new HashSet<>(cells);
      boolean isRepeated =
          cells.size() == rows.size()
              && names.size() > 1
              && names.size() * LEAST_ROWS_OF_SERIES <= cells.size();
      if (isRepeated && growth(time, column, columns.values()).grows()) {
        found.add(column);
      }
    }
    return found;
  }

  /** A name without what only separates words, in small letters. */
  static String bare(String column) {
    return column.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "");
  }
}
