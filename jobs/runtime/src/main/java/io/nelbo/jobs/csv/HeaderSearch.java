package io.nelbo.jobs.csv;

import io.nelbo.jobs.values.MissingText;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Finds separator and header in the beginning of a file: what most rows are parted by outside of
 * quotes, and the first row that is as wide as most are. Above it may stand comments, titles and
 * what else tools write there.
 */
final class HeaderSearch {
  private static final char[] DELIMITERS = {',', ';', '\t', '|'};
  private static final int ROWS = 200;
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");

  private final Path path;
  private final List<SampleRow> all;
  private final List<SampleRow> rows;

  private HeaderSearch(Path path, String beginning) {
    this.path = path;
    all = SampleRow.of(beginning, ROWS);
    rows = all.stream().filter(row -> !row.isComment()).toList();
  }

  /**
   * @param beginning of the file
   * @throws CsvFormatException when there is no header
   */
  static CsvLayout in(Path path, String beginning) throws CsvFormatException {
    return new HeaderSearch(path, beginning).layout();
  }

  private CsvLayout layout() throws CsvFormatException {
    if (all.isEmpty()) {
      throw CsvFormatException.in(path, "the file is empty; a header line is needed");
    }
    if (rows.isEmpty()) {
      throw CsvFormatException.in(path, "there are only comments; a header line is needed");
    }
    char delimiter = delimiter();
    List<List<String>> cells = rows.stream().map(row -> row.cells(delimiter)).toList();
    int width = mostFrequent(cells.stream().map(HeaderSearch::width).toList()).value();
    int found = header(cells, width);
    SampleRow header = rows.get(found);
    if (isNumbers(cells.get(found))) {
      Optional<SampleRow> comment = commentAbove(header, delimiter, width);
      boolean isNamed = comment.isPresent() || (found == 0 && isCounting(cells.get(0)));
      if (!isNamed) {
        throw noHeader(found, cells);
      }
      header = comment.orElse(header);
    }
    return CsvLayout.of(delimiter, header, header.line() == all.get(0).line());
  }

  private record Mode(int value, double share) {}

  private static Mode mostFrequent(List<Integer> values) {
    Map<Integer, Integer> counts = new HashMap<>();
    int best = values.get(0);
    for (int value : values) {
      counts.merge(value, 1, Integer::sum);
    }
    for (int value : values) {
      int more = counts.getOrDefault(value, 0) - counts.getOrDefault(best, 0);
      best = more > 0 || (more == 0 && value > best) ? value : best;
    }
    return new Mode(best, counts.getOrDefault(best, 0) / (double) values.size());
  }

  private char delimiter() {
    char best = ',';
    double bestShare = 0;
    for (char delimiter : DELIMITERS) {
      Mode mode = mostFrequent(rows.stream().map(row -> row.cells(delimiter).size()).toList());
      if (mode.value() > 1 && mode.share() > bestShare) {
        best = delimiter;
        bestShare = mode.share();
      }
    }
    return best;
  }

  /** Cells up to the last that is not empty. */
  private static int width(List<String> cells) {
    int width = cells.size();
    while (width > 0 && cells.get(width - 1).isEmpty()) {
      width--;
    }
    return width;
  }

  private static int header(List<List<String>> rows, int width) {
    if (width <= 1) {
      return isTitle(rows) ? 1 : 0;
    }
    int first = next(rows, 0, width);
    int second = next(rows, first + 1, width);
    while (second < rows.size() && isRemark(rows.get(first), rows.get(second))) {
      first = second;
      second = next(rows, first + 1, width);
    }
    return first < rows.size() ? first : 0;
  }

  /** As wide as the header, but above it: a word with a colon, or numbers above names. */
  private static boolean isRemark(List<String> cells, List<String> below) {
    return cells.get(0).endsWith(":")
        || (cells.stream().anyMatch(HeaderSearch::isNumber)
            && below.stream().allMatch(HeaderSearch::isName));
  }

  private static int next(List<List<String>> rows, int from, int width) {
    int row = from;
    while (row < rows.size() && !isWide(rows.get(row), width)) {
      row++;
    }
    return row;
  }

  private static boolean isWide(List<String> cells, int width) {
    return width(cells) >= width
        && 2 * cells.stream().filter(cell -> !cell.isEmpty()).count() >= width;
  }

  /** Of a single column: words, then a name, then numbers. */
  private static boolean isTitle(List<List<String>> rows) {
    return rows.size() > 2
        && rows.get(0).get(0).contains(" ")
        && !isNumber(rows.get(1).get(0))
        && isNumber(rows.get(2).get(0));
  }

  private static boolean isNumber(String cell) {
    return NUMBER.matcher(cell).matches();
  }

  private static boolean isName(String cell) {
    return !cell.isEmpty()
        && !MissingText.isMissing(cell)
        && !Character.isDigit(cell.charAt(0))
        && !isNumber(cell);
  }

  private static boolean isNumbers(List<String> cells) {
    return cells.stream().allMatch(cell -> cell.isEmpty() || isNumber(cell));
  }

  /** Columns may be called 0, 1, 2 and so on. */
  private static boolean isCounting(List<String> cells) {
    List<Double> numbers = new ArrayList<>();
    for (String cell : cells.stream().filter(name -> !name.isEmpty()).toList()) {
      double number = Double.parseDouble(cell);
      boolean follows = numbers.isEmpty() || number > numbers.get(numbers.size() - 1);
      if (number != Math.rint(number) || !follows) {
        return false;
      }
      numbers.add(number);
    }
    return true;
  }

  private Optional<SampleRow> commentAbove(SampleRow data, char delimiter, int width) {
    return all.stream()
        .filter(row -> row.isComment() && row.line() < data.line())
        .map(SampleRow::uncommented)
        .filter(row -> width(row.cells(delimiter)) == width && !isNumbers(row.cells(delimiter)))
        .reduce((earlier, later) -> later);
  }

  private CsvFormatException noHeader(int found, List<List<String>> cells) {
    SampleRow data = rows.get(found);
    if (found > 0) {
      return CsvFormatException.at(
          path,
          data.line(),
          "has %d cells, line %d above it has %d: if these are decimal commas, write decimal"
              + " points",
          cells.get(found).size(),
          rows.get(found - 1).line(),
          cells.get(found - 1).size());
    }
    return CsvFormatException.at(
        path,
        data.line(),
        "holds numbers only; a header line with the names of the columns is needed");
  }
}
