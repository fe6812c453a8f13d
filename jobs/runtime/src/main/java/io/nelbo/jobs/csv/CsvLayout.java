package io.nelbo.jobs.csv;

import io.nelbo.jobs.text.ShownText;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How a file is laid out.
 *
 * @param delimiter between cells
 * @param header cells of the header as they stand there
 * @param names one per cell of the header, all different; those that start with {@link #HIDDEN} are
 *     of columns that nobody can ask for
 * @param bodyStart characters before the first row
 * @param bodyLines lines before the first row
 * @param notes what is passed over, in words
 */
record CsvLayout(
    char delimiter,
    List<String> header,
    List<String> names,
    int bodyStart,
    int bodyLines,
    List<String> notes) {
  static final String HIDDEN = "\u0000";

  CsvLayout {
    header = List.copyOf(header);
    names = List.copyOf(names);
    notes = List.copyOf(notes);
  }

  /**
   * @param row the header
   * @param isFirst whether nothing but blank lines stands above it
   */
  static CsvLayout of(char delimiter, SampleRow row, boolean isFirst) {
    List<String> header = row.cells(delimiter);
    List<String> notes = new ArrayList<>();
    if (!isFirst) {
      notes.add("the header is in line %d, what stands above it is skipped".formatted(row.line()));
    }
    List<String> unnamed = new ArrayList<>();
    Set<String> repeated = new HashSet<>();
    Set<String> known = new HashSet<>();
    List<String> names = new ArrayList<>();
    for (int i = 0; i < header.size(); i++) {
      String name = header.get(i);
      if (name.isEmpty()) {
        unnamed.add(String.valueOf(i + 1));
      } else if (!known.add(name)) {
        repeated.add(name);
      }
      boolean isHidden = name.isEmpty() || names.contains(name);
      names.add(isHidden ? HIDDEN + i : name);
    }
    if (!unnamed.isEmpty()) {
      notes.add(
          "columns without a name are skipped: number %s".formatted(String.join(", ", unnamed)));
    }
    repeated.stream()
        .sorted()
        .forEach(
            name ->
                notes.add(
                    "column %s stands there again, the first counts"
                        .formatted(ShownText.of(name))));
    return new CsvLayout(delimiter, header, names, row.end(), row.lastLine(), notes);
  }

  /** Names that can be asked for. */
  List<String> columns() {
    return names.stream()
        .filter(name -> !name.startsWith(HIDDEN))
        .collect(Collectors.toUnmodifiableList());
  }

  /** Whether a row may end before this column. */
  boolean isHidden(int column) {
    return names.get(column).startsWith(HIDDEN);
  }
}
