package io.nelbo.jobs.csv;

import io.nelbo.jobs.text.ShownText;
import io.nelbo.jobs.values.EpochUnit;
import io.nelbo.jobs.values.MissingText;
import io.nelbo.jobs.values.NumberText;
import io.nelbo.jobs.values.TimeText;
import io.nelbo.jobs.values.ValueFormatException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.commons.csv.CSVRecord;

/**
 * Which columns hold words and no number, judged by the first rows of all files: names, states and
 * texts that are no features.
 *
 * @param examples a word of each such column
 */
record TextColumns(Map<String, String> examples) {
  private static final int ROWS = 1_000;
  private static final int LONGEST_EXAMPLE = 20;
  private static final TimeText TIMES = new TimeText(EpochUnit.AUTO, ZoneOffset.UTC);

  TextColumns {
    examples = Map.copyOf(examples);
  }

  /**
   * @param isTimeNamed whether a column of times was named; one that nobody named is else no text,
   *     since its owner may have forgotten to
   */
  static TextColumns in(List<Path> files, List<List<String>> features, boolean isTimeNamed)
      throws IOException {
    Map<String, String> words = new LinkedHashMap<>();
    Set<String> others = new TreeSet<>();
    for (int file = 0; file < files.size(); file++) {
      readBeginning(files.get(file), features.get(file), isTimeNamed, words, others);
    }
    words.keySet().removeAll(others);
    return new TextColumns(words);
  }

  private static void readBeginning(
      Path file,
      List<String> features,
      boolean isTimeNamed,
      Map<String, String> words,
      Set<String> others)
      throws IOException {
    try (CsvFile.Reader rows = new CsvFile(file).read()) {
      Optional<CsvFile.Row> row = next(rows);
      for (int number = 0; number < ROWS && row.isPresent(); number++) {
        look(row.get().cells(), features, isTimeNamed, words, others);
        row = next(rows);
      }
    }
  }

  /** A row that cannot be read ends the beginning: that is told where all rows are read. */
  private static Optional<CsvFile.Row> next(CsvFile.Reader rows) throws IOException {
    try {
      return rows.next();
    } catch (CsvFormatException broken) {
      return Optional.empty();
    }
  }

  private static void look(
      CSVRecord row,
      List<String> features,
      boolean isTimeNamed,
      Map<String, String> words,
      Set<String> others) {
    for (String feature : features) {
      String cell = row.get(feature);
      if (isWord(cell, isTimeNamed)) {
        words.putIfAbsent(feature, cell);
      } else if (!MissingText.isMissing(cell)) {
        others.add(feature);
      }
    }
  }

  private static boolean isWord(String cell, boolean isTimeNamed) {
    try {
      NumberText.parse(cell);
      return false;
    } catch (ValueFormatException e) {
      boolean isMeantAsNumber = e.isAdvised() && !Character.isLetter(cell.charAt(0));
      return !isMeantAsNumber && (isTimeNamed || !isTime(cell));
    }
  }

  private static boolean isTime(String cell) {
    try {
      return TIMES.millis(cell) != TimeText.NONE;
    } catch (ValueFormatException e) {
      return false;
    }
  }

  List<String> without(List<String> names) {
    return names.stream().filter(name -> !examples.containsKey(name)).toList();
  }

  /** In words; empty when there is none. */
  Optional<String> note() {
    return examples.isEmpty()
        ? Optional.empty()
        : Optional.of("columns of text are no features and are skipped: " + text());
  }

  String text() {
    return examples.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(
            column ->
                "%s (\"%s\")"
                    .formatted(
                        ShownText.of(column.getKey()),
                        ShownText.of(column.getValue(), LONGEST_EXAMPLE)))
        .collect(Collectors.joining(", "));
  }
}
