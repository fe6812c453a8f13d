package io.nelbo.jobs.csv;

import io.nelbo.jobs.text.ShownText;
import io.nelbo.jobs.values.EpochUnit;
import io.nelbo.jobs.values.NumberText;
import io.nelbo.jobs.values.TimeText;
import io.nelbo.jobs.values.ValueFormatException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which columns of numbers measure nothing, judged by the first rows: what counts the rows or is
 * another time grows out of all that was trained on, what never holds a value would make every row
 * one that was hardly observed, a second label is no sensor.
 *
 * @param reasons by column, in words
 */
record UnlikelyColumns(Map<String, String> reasons) {
  private static final int LEAST_COUNTED = 50;
  private static final int LEAST_EMPTY = 20;

  static UnlikelyColumns in(List<Path> files, List<List<String>> features, CsvColumns columns)
      throws IOException {
    List<FirstRows> beginnings = new ArrayList<>();
    for (Path file : files) {
      beginnings.add(FirstRows.of(file));
    }
    Map<String, String> reasons = new LinkedHashMap<>();
    for (String column : features.get(0)) {
      reason(column, beginnings, columns).ifPresent(why -> reasons.put(column, why));
    }
    // Where there is nothing else, it is what is to be watched.
    boolean isAll = reasons.keySet().containsAll(features.get(0));
    return new UnlikelyColumns(isAll ? Map.of() : reasons);
  }

  private static Optional<String> reason(
      String column, List<FirstRows> beginnings, CsvColumns columns) {
    List<String> cells = beginnings.stream().flatMap(rows -> rows.cells(column).stream()).toList();
    int rows = beginnings.stream().mapToInt(one -> one.rows().size()).sum();
    if (cells.isEmpty() && rows >= LEAST_EMPTY) {
      return Optional.of("without a value");
    }
    if (beginnings.stream().allMatch(one -> counts(one.cells(column)))) {
      return Optional.of("counts the rows");
    }
    boolean isTimed = !columns.time().isEmpty();
    if (isTimed
        && TimeColumn.isNamedLikeTime(column)
        && cells.stream().allMatch(UnlikelyColumns::isTime)) {
      return Optional.of("another time");
    }
    boolean isLabelled = !columns.label().isEmpty();
    return isLabelled && LabelColumn.isOne(column, cells)
        ? Optional.of("another label")
        : Optional.empty();
  }

  private static boolean counts(List<String> cells) {
    if (cells.size() < LEAST_COUNTED) {
      return false;
    }
    double last = Double.NaN;
    for (String cell : cells) {
      if (!NumberText.isNumber(cell.strip())) {
        return false;
      }
      double value = Double.parseDouble(cell.strip());
      if (value != Math.rint(value) || (!Double.isNaN(last) && value != last + 1)) {
        return false;
      }
      last = value;
    }
    return true;
  }

  private static boolean isTime(String cell) {
    try {
      return new TimeText(EpochUnit.AUTO, ZoneOffset.UTC).millis(cell) != TimeText.NONE;
    } catch (ValueFormatException e) {
      return false;
    }
  }

  Set<String> names() {
    return reasons.keySet();
  }

  /** In words; empty when there is none. */
  Optional<String> note() {
    return reasons.isEmpty()
        ? Optional.empty()
        : Optional.of("columns that measure nothing are skipped: " + text());
  }

  private String text() {
    return reasons.entrySet().stream()
        .map(column -> "%s (%s)".formatted(ShownText.of(column.getKey()), column.getValue()))
        .collect(Collectors.joining(", "));
  }
}
