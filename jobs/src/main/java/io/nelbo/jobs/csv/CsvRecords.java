package io.nelbo.jobs.csv;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/**
 * CSV files with a header, plain or gzip, one after the other as one recording. Every column that
 * {@link CsvColumns} does not name is a feature; all files must have the features of the first.
 * Each series must stand in order of time; equal times are allowed. What cannot be used is refused
 * with file and line; nothing is dropped in silence.
 */
public final class CsvRecords {
  private static final Instant FIRST_ROW = Instant.parse("2000-01-01T00:00:00Z");

  /** Takes one record after the other. */
  public interface Consumer {
    void accept(CsvRecord row) throws IOException;
  }

  private final List<Path> files;
  private final CsvColumns columns;
  private final List<String> features;
  private final String onlySeries;
  private final Set<String> notes = new LinkedHashSet<>();

  /**
   * Reads the headers.
   *
   * @throws CsvFormatException when a header does not fit
   */
  public CsvRecords(List<Path> files, CsvColumns columns) throws IOException {
    this(files, columns, Optional.empty(), "");
  }

  /**
   * Reads these features only; other columns are ignored.
   *
   * @throws CsvFormatException when a file lacks one of them
   */
  public CsvRecords(List<Path> files, CsvColumns columns, List<String> features)
      throws IOException {
    this(files, columns, Optional.of(features), "");
  }

  /**
   * The same, with a name for the one series of files that have no column for it.
   *
   * @throws CsvFormatException when a file lacks one of the features
   */
  public CsvRecords(List<Path> files, CsvColumns columns, List<String> features, String onlySeries)
      throws IOException {
    this(files, columns, Optional.of(features), onlySeries);
  }

  private CsvRecords(
      List<Path> files, CsvColumns columns, Optional<List<String>> wanted, String onlySeries)
      throws IOException {
    if (files.isEmpty()) {
      throw new IllegalArgumentException("files must name at least one file");
    }
    CsvHeaders headers = CsvHeaders.read(files, columns);
    this.files = List.copyOf(files);
    this.columns = columns;
    if (wanted.isEmpty()) {
      TextColumns text = TextColumns.in(files, headers.features(), !columns.time().isEmpty());
      text.note().ifPresent(notes::add);
      this.features = headers.without(text).sameFeatures();
    } else {
      this.features = headers.requireFeatures(wanted.get());
    }
    this.onlySeries = onlySeries.isEmpty() ? headers.onlySeries() : onlySeries;
  }

  /** Names of the features, in the order of the first file. */
  public List<String> features() {
    return features;
  }

  /** What of the files has been passed over so far, in words. */
  public List<String> notes() {
    return List.copyOf(notes);
  }

  /** Reads all files from the beginning; may be called again. */
  public void forEach(Consumer consumer) throws IOException {
    try (Reader reader = read()) {
      for (Optional<CsvRecord> row = reader.next(); row.isPresent(); row = reader.next()) {
        consumer.accept(row.get());
      }
    }
  }

  /** Opens the first file. */
  public Reader read() {
    return new Reader();
  }

  /** Reads record by record. */
  public final class Reader implements Closeable {
    private final Map<String, Long> newest = new HashMap<>();
    private int file = -1;
    private boolean hasRow;
    private CsvFile.@Nullable Reader rows;

    private Reader() {}

    /**
     * The next record; empty behind the last of the last file.
     *
     * @throws CsvFormatException when a row cannot be used
     */
    public Optional<CsvRecord> next() throws IOException {
      while (rows != null || file + 1 < files.size()) {
        CsvFile.Reader open = rows == null ? new CsvFile(files.get(++file)).read() : rows;
        rows = open;
        Optional<CsvFile.Row> row = open.next();
        if (row.isPresent()) {
          hasRow = true;
          return Optional.of(record(file, row.get().line(), row.get().cells(), newest));
        }
        if (!hasRow) {
          throw CsvFormatException.in(files.get(file), "there is a header but no row");
        }
        hasRow = false;
        notes.addAll(open.notes());
        close();
      }
      return Optional.empty();
    }

    @Override
    public void close() throws IOException {
      if (rows != null) {
        rows.close();
        rows = null;
      }
    }
  }

  private CsvRecord record(int file, long line, CSVRecord row, Map<String, Long> newest)
      throws CsvFormatException {
    Path path = files.get(file);
    float[] values = new float[features.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = value(path, line, row, features.get(i));
    }
    String series = series(path, line, row);
    long time = time(path, line, row, series, newest);
    newest.put(series, time);
    return new CsvRecord(file, series, time, values, label(path, line, row));
  }

  private static float value(Path path, long line, CSVRecord row, String feature)
      throws CsvFormatException {
    String text = row.get(feature);
    return CsvText.number(text)
        .orElseThrow(
            () ->
                CsvFormatException.at(
                    path,
                    line,
                    TextColumns.isDecimalComma(text)
                        ? "column %s holds \"%s\", a decimal comma: write decimal points"
                        : "column %s holds \"%s\", which is no finite 32-bit number: name the"
                            + " column with --time, --series or --label if it is one of these, or"
                            + " remove it",
                    feature,
                    text));
  }

  private String series(Path path, long line, CSVRecord row) throws CsvFormatException {
    if (columns.series().isEmpty()) {
      return onlySeries;
    }
    String series = row.get(columns.series());
    if (series.isEmpty()) {
      throw CsvFormatException.at(path, line, "column %s (--series) is empty", columns.series());
    }
    return series;
  }

  private long time(Path path, long line, CSVRecord row, String series, Map<String, Long> newest)
      throws CsvFormatException {
    Long before = newest.get(series);
    if (columns.time().isEmpty()) {
      return before == null ? FIRST_ROW.toEpochMilli() : before + columns.step().toMillis();
    }
    String text = row.get(columns.time());
    long time =
        CsvText.time(text)
            .orElseThrow(
                () ->
                    CsvFormatException.at(
                        path,
                        line,
                        "column %s (--time) holds \"%s\": use ISO-8601, yyyy-MM-dd HH:mm:ss, epoch"
                            + " seconds or epoch milliseconds",
                        columns.time(),
                        text));
    if (before != null && time < before) {
      throw CsvFormatException.at(
          path,
          line,
          "time %s is before %s of the row above it in series %s: sort each series by time, and"
              + " name files in that order",
          Instant.ofEpochMilli(time),
          Instant.ofEpochMilli(before),
          series);
    }
    return time;
  }

  private int label(Path path, long line, CSVRecord row) throws CsvFormatException {
    // A training file often lacks the labels of its test file.
    if (columns.label().isEmpty() || !row.isMapped(columns.label())) {
      return -1;
    }
    String text = row.get(columns.label());
    return CsvText.label(text)
        .orElseThrow(
            () ->
                CsvFormatException.at(
                    path,
                    line,
                    "column %s (--label) holds \"%s\": use 1 or true for anomalous, 0 or false for"
                        + " normal",
                    columns.label(),
                    text));
  }
}
