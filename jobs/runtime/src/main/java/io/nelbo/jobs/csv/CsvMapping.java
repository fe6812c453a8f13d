package io.nelbo.jobs.csv;

import io.nelbo.jobs.config.FieldsConfig;
import io.nelbo.jobs.text.ShownText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where time, series and label stand in files: in the columns that were given, else in those that
 * the configuration names for the topic, and times else in a column that looks like it. Where
 * nothing is configured, series and label are found by name and values too.
 *
 * @param columns that were found
 * @param notes on what nobody had named, in words
 * @param isNewestFirst whether the times fall from row to row
 */
public record CsvMapping(CsvColumns columns, List<String> notes, boolean isNewestFirst) {
  private static final String USUAL_SERIES = "series";

  public CsvMapping {
    notes = List.copyOf(notes);
  }

  /**
   * Reads headers and first rows for a configuration.
   *
   * @param fields of the topic
   * @param features that are no times, whatever their names
   * @throws CsvFormatException when a file cannot be read, or its newest row comes first
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
    FirstRows rows = FirstRows.of(files.get(0));
    CsvMapping mapping = timed(rows, named, features);
    if (mapping.isNewestFirst) {
      throw CsvFormatException.in(
          files.get(0),
          "its newest row comes first: sort its rows by column %s, rows are read in the order of"
              + " time",
          mapping.columns.time());
    }
    List<String> series = mapping.seriesFor(rows);
    return series.isEmpty()
        ? mapping
        : mapping.with(
            mapping.columns,
            "column %s grows within the values of %s only: --series makes them series"
                .formatted(mapping.columns.time(), ShownText.names(series)));
  }

  /**
   * Reads headers and first rows where nothing is configured: what nobody named is found.
   *
   * @throws CsvFormatException when a file cannot be read, or several columns may part its series
   */
  public static CsvMapping guess(List<Path> files, CsvColumns given) throws IOException {
    FirstRows rows = FirstRows.of(files.get(0));
    CsvMapping mapping = timed(rows, given, List.of());
    List<String> series = mapping.seriesFor(rows);
    if (series.size() > 1 && !series.contains(USUAL_SERIES)) {
      throw CsvFormatException.in(
          files.get(0),
          "column %s does not grow from row to row, but within the values of each of %s: name with"
              + " --series the one that tells the machines apart",
          mapping.columns.time(),
          series);
    }
    if (given.series().isEmpty() && rows.header().contains(USUAL_SERIES)) {
      series = List.of(USUAL_SERIES);
    }
    if (!series.isEmpty()) {
      String column = series.get(0);
      mapping =
          mapping.with(
              mapping.columns.withSeries(column),
              "rows are parted into series by column %s; --series names another"
                  .formatted(ShownText.of(column)));
    }
    Optional<String> label = LabelColumn.find(rows, mapping.columns);
    return mapping.columns.label().isEmpty() && label.isPresent()
        ? mapping.with(
            mapping.columns.withLabel(label.get()),
            "column %s tells what is anomalous, by its name and values, and is no feature; --label names another"
                .formatted(ShownText.of(label.get())))
        : mapping;
  }

  private static CsvMapping timed(FirstRows rows, CsvColumns named, List<String> features) {
    if (!named.time().isEmpty()) {
      return new CsvMapping(named, List.of(), isNewestFirst(rows, named));
    }
    TimeColumn found = TimeColumn.find(rows, named, features);
    CsvColumns columns = named.withTime(found.name());
    return new CsvMapping(columns, List.of(found.note()), isNewestFirst(rows, columns));
  }

  private static boolean isNewestFirst(FirstRows rows, CsvColumns columns) {
    return rows.header().contains(columns.time())
        && rows.growth(columns.time(), columns.series(), columns.values()).falls();
  }

  /** Columns that part rows whose times do not grow as they stand into series whose times do. */
  private List<String> seriesFor(FirstRows rows) {
    if (isNewestFirst || !columns.series().isEmpty() || !rows.header().contains(columns.time())) {
      return List.of();
    }
    FirstRows.Growth growth = rows.growth(columns.time(), "", columns.values());
    return growth.grows() || growth.fault().isPresent()
        ? List.of()
        : rows.seriesFor(columns.time(), columns);
  }

  private CsvMapping with(CsvColumns others, String note) {
    List<String> more = new ArrayList<>(notes);
    more.add(note);
    return new CsvMapping(others, more, isNewestFirst);
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
