package io.nelbo.jobs.csv;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The headers of files that are read as one recording.
 *
 * @param features of each file, in its own order: its columns but for time, series and label
 */
record CsvHeaders(List<Path> files, List<List<String>> features) {
  /**
   * @throws CsvFormatException when a named column is missing; the label may be missing in some
   */
  static CsvHeaders read(List<Path> files, CsvColumns columns) throws IOException {
    List<List<String>> features = new ArrayList<>();
    boolean labelSeen = columns.label().isEmpty();
    for (Path file : files) {
      List<String> names = new ArrayList<>(new CsvFile(file).header());
      require(file, names, columns.time(), "--time");
      require(file, names, columns.series(), "--series");
      labelSeen |= names.contains(columns.label());
      List<String> all = List.copyOf(names);
      names.removeAll(columns.named());
      if (names.isEmpty()) {
        throw CsvFormatException.in(file, "there is no feature column among %s", all);
      }
      features.add(List.copyOf(names));
    }
    if (!labelSeen) {
      throw CsvFormatException.in(
          files.get(0), "no column %s (--label) in any file", columns.label());
    }
    return new CsvHeaders(List.copyOf(files), features);
  }

  /**
   * The same without columns of text, which nobody asked for.
   *
   * @throws CsvFormatException when no other is left
   */
  CsvHeaders without(TextColumns text) throws CsvFormatException {
    List<List<String>> left = features.stream().map(text::without).toList();
    for (int i = 0; i < files.size(); i++) {
      if (left.get(i).isEmpty()) {
        throw CsvFormatException.in(
            files.get(i), "no column holds numbers: " + text.text().replace("%", "%%"));
      }
    }
    return new CsvHeaders(files, left);
  }

  /** The same without these columns, which are not all of them. */
  CsvHeaders without(Set<String> names) {
    return new CsvHeaders(
        files,
        features.stream()
            .map(all -> all.stream().filter(name -> !names.contains(name)).toList())
            .toList());
  }

  private static void require(Path file, List<String> header, String column, String option)
      throws CsvFormatException {
    if (!column.isEmpty() && !header.contains(column)) {
      throw CsvFormatException.in(
          file, "no column %s (%s); the header has %s", column, option, header);
    }
  }

  /**
   * The features of the first file, which all must have.
   *
   * @throws CsvFormatException when a file has other ones
   */
  List<String> sameFeatures() throws CsvFormatException {
    List<String> expected = features.get(0);
    for (int i = 0; i < files.size(); i++) {
      List<String> surplus = without(features.get(i), expected);
      if (!surplus.isEmpty()) {
        throw CsvFormatException.in(
            files.get(i),
            "column %s is not in %s: name it with --label if it tells anomalies, or remove it",
            surplus.get(0),
            files.get(0));
      }
      List<String> missing = without(expected, features.get(i));
      if (!missing.isEmpty()) {
        throw CsvFormatException.in(
            files.get(i), "column %s of %s is missing", missing.get(0), files.get(0));
      }
    }
    return expected;
  }

  /**
   * Returns what is asked for.
   *
   * @throws CsvFormatException when a file lacks one of them
   */
  List<String> requireFeatures(List<String> wanted) throws CsvFormatException {
    for (int i = 0; i < files.size(); i++) {
      List<String> missing = without(wanted, features.get(i));
      if (!missing.isEmpty()) {
        throw CsvFormatException.in(
            files.get(i), "no column %s; the features are %s", missing.get(0), features.get(i));
      }
    }
    return List.copyOf(wanted);
  }

  private static List<String> without(List<String> names, List<String> others) {
    return names.stream().filter(name -> !others.contains(name)).toList();
  }

  /** Name of the one series when no column gives it. */
  String onlySeries() {
    List<Optional<Path>> folders =
        files.stream()
            .map(file -> Optional.ofNullable(file.toAbsolutePath().normalize().getParent()))
            .distinct()
            .toList();
    Optional<String> shared =
        files.size() > 1 && folders.size() == 1
            ? folders.get(0).map(Path::getFileName).map(Path::toString)
            : Optional.empty();
    return shared.orElseGet(() -> stem(files.get(0)));
  }

  private static String stem(Path file) {
    return String.valueOf(file.getFileName()).replaceFirst("(\\.csv)?(\\.gz)?$", "");
  }
}
