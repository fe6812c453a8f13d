package io.nelbo.jobs.csv;

import io.nelbo.jobs.config.FieldsConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Where time, series and label stand in files: in the columns that were given, else in those that
 * the configuration names for the topic, and times else in a column that looks like it.
 *
 * @param columns that were found
 * @param notes on what nobody had named, in words
 */
public record CsvMapping(CsvColumns columns, List<String> notes) {
  public CsvMapping {
    notes = List.copyOf(notes);
  }

  /**
   * Reads headers, and the first rows where no column of times is named.
   *
   * @param fields of the topic
   * @param features that are no times, whatever their names
   * @throws CsvFormatException when a file cannot be read
   */
  public static CsvMapping of(
      List<Path> files, CsvColumns given, FieldsConfig fields, List<String> features)
      throws IOException {
    List<String> header = new CsvFile(files.get(0)).header();
    boolean hasLabel = given.label().isEmpty() && isInAny(files, fields.label());
    CsvColumns named =
        new CsvColumns(
            orPresent(given.time(), fields.time(), header),
            orPresent(given.series(), fields.series(), header),
            hasLabel ? fields.label() : given.label(),
            given.step(),
            given.values());
    if (!named.time().isEmpty()) {
      return new CsvMapping(named, List.of());
    }
    TimeColumn found = TimeColumn.find(files.get(0), named, features);
    return new CsvMapping(named.withTime(found.name()), List.of(found.note()));
  }

  private static boolean isInAny(List<Path> files, String column) throws IOException {
    if (column.isEmpty()) {
      return false;
    }
    for (Path file : files) {
      if (new CsvFile(file).header().contains(column)) {
        return true;
      }
    }
    return false;
  }

  private static String orPresent(String given, String field, List<String> header) {
    return given.isEmpty() && header.contains(field) ? field : given;
  }
}
