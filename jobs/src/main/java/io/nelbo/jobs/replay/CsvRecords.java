package io.nelbo.jobs.replay;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * CSV files with a header, plain or gzip, separated by comma, semicolon or tab, one after the other
 * as one recording. Every column that {@link CsvColumns} does not name is a feature; all files must
 * have the features of the first.
 */
public final class CsvRecords {
  private static final CSVFormat FORMAT =
      CSVFormat.DEFAULT.builder().setHeader().setSkipHeaderRecord(true).setTrim(true).get();
  private static final Instant FIRST_ROW = Instant.parse("2000-01-01T00:00:00Z");
  private static final String ONLY_SERIES = "data";

  /** Takes one record after the other. */
  public interface Consumer {
    void accept(CsvRecord row) throws IOException;
  }

  private final List<Path> files;
  private final CsvColumns columns;
  private final List<String> features;

  /**
   * Reads the headers.
   *
   * @throws CsvFormatException when a header does not fit
   */
  public CsvRecords(List<Path> files, CsvColumns columns) throws IOException {
    if (files.isEmpty()) {
      throw new IllegalArgumentException("files must name at least one file");
    }
    this.files = List.copyOf(files);
    this.columns = columns;
    this.features = header(files.get(0));
    for (Path file : files) {
      requireSameFeatures(file);
    }
  }

  /**
   * Reads these features only; other columns are ignored.
   *
   * @throws CsvFormatException when a file lacks one of them
   */
  public CsvRecords(List<Path> files, CsvColumns columns, List<String> features)
      throws IOException {
    this.files = List.copyOf(files);
    this.columns = columns;
    this.features = List.copyOf(features);
    for (Path file : files) {
      List<String> own = header(file);
      for (String feature : features) {
        if (!own.contains(feature)) {
          throw new CsvFormatException(
              String.format("%s has no column '%s'; it has %s", file, feature, own));
        }
      }
    }
  }

  /** Names of the features, in the order of the first file. */
  public List<String> features() {
    return features;
  }

  /** Reads all files from the beginning; may be called again. */
  public void forEach(Consumer consumer) throws IOException {
    Map<String, Long> rowsOfSeries = new HashMap<>();
    for (Path file : files) {
      try (CSVParser parser = open(file)) {
        for (CSVRecord row : parser) {
          consumer.accept(record(file, row, rowsOfSeries));
        }
      }
    }
  }

  private CsvRecord record(Path file, CSVRecord row, Map<String, Long> rowsOfSeries)
      throws IOException {
    if (!row.isConsistent()) {
      throw new CsvFormatException(
          String.format(
              "%s has %s columns, the header has more or fewer", at(file, row), row.size()));
    }
    String series = columns.series().isEmpty() ? ONLY_SERIES : row.get(columns.series());
    long index = rowsOfSeries.merge(series, 1L, Long::sum) - 1;
    float[] values = new float[features.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = value(file, row, features.get(i));
    }
    return new CsvRecord(series, time(file, row, index), values, label(file, row));
  }

  private float value(Path file, CSVRecord row, String feature) throws CsvFormatException {
    String text = row.get(feature);
    if (CsvText.isMissing(text)) {
      return Float.NaN;
    }
    try {
      float value = Float.parseFloat(text);
      if (!Float.isInfinite(value)) {
        return value;
      }
    } catch (NumberFormatException e) {
      // falls through: the message below says what is wrong with it
    }
    throw new CsvFormatException(
        String.format(
            "%s, column %s: '%s' is not a finite number; time, series and label columns must be"
                + " named as such",
            at(file, row), feature, text));
  }

  private long time(Path file, CSVRecord row, long index) throws CsvFormatException {
    if (columns.time().isEmpty()) {
      return FIRST_ROW.plus(columns.step().multipliedBy(index)).toEpochMilli();
    }
    String text = row.get(columns.time());
    return CsvText.time(text)
        .orElseThrow(
            () ->
                new CsvFormatException(
                    String.format(
                        "%s, column %s: '%s' is no time; write epoch seconds or milliseconds,"
                            + " ISO-8601, or yyyy-MM-dd HH:mm:ss in UTC",
                        at(file, row), columns.time(), text)));
  }

  private int label(Path file, CSVRecord row) throws CsvFormatException {
    // A training file often lacks the labels of its test file.
    if (columns.label().isEmpty() || !row.isMapped(columns.label())) {
      return -1;
    }
    String text = row.get(columns.label());
    return CsvText.label(text)
        .orElseThrow(
            () ->
                new CsvFormatException(
                    String.format(
                        "%s, column %s: '%s' is no label; write 1, 0, true, false or nothing",
                        at(file, row), columns.label(), text)));
  }

  private List<String> header(Path file) throws IOException {
    try (CSVParser parser = open(file)) {
      List<String> names = new ArrayList<>(parser.getHeaderNames());
      for (String named : List.of(columns.time(), columns.series())) {
        if (!named.isEmpty() && !names.contains(named)) {
          throw new CsvFormatException(
              String.format("%s has no column '%s'; it has %s", file, named, names));
        }
      }
      names.removeAll(columns.named());
      if (names.isEmpty()) {
        throw new CsvFormatException(file + " has no column of features");
      }
      return List.copyOf(names);
    }
  }

  private void requireSameFeatures(Path file) throws IOException {
    List<String> own = header(file);
    for (String feature : features) {
      if (!own.contains(feature)) {
        throw new CsvFormatException(
            String.format("%s lacks the column '%s' of %s", file, feature, files.get(0)));
      }
    }
    for (String feature : own) {
      if (!features.contains(feature)) {
        throw new CsvFormatException(
            String.format(
                "%s has the column '%s', %s has not; if it is the label, name it as such",
                file, feature, files.get(0)));
      }
    }
  }

  private static CSVParser open(Path file) throws IOException {
    InputStream bytes;
    try {
      bytes = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
    } catch (NoSuchFileException e) {
      throw new CsvFormatException(file + ": no such file");
    }
    bytes.mark(2);
    boolean gzip = bytes.read() == 0x1f && bytes.read() == 0x8b;
    bytes.reset();
    InputStream plain = gzip ? new GZIPInputStream(bytes, 1 << 16) : bytes;
    BufferedReader reader =
        new BufferedReader(new InputStreamReader(plain, StandardCharsets.UTF_8), 1 << 16);
    try {
      return FORMAT.builder().setDelimiter(delimiter(reader)).get().parse(reader);
    } catch (IllegalArgumentException e) {
      reader.close();
      throw new CsvFormatException(file + ": " + e.getMessage());
    }
  }

  /** What the header separates its columns with: comma, semicolon or tab. */
  private static char delimiter(BufferedReader reader) throws IOException {
    reader.mark(1 << 16);
    char[] start = new char[1 << 15];
    int length = Math.max(0, reader.read(start, 0, start.length));
    String header = new String(start, 0, length).lines().findFirst().orElse("");
    reader.reset();
    if (header.indexOf(',') >= 0) {
      return ',';
    }
    return header.indexOf(';') >= 0 ? ';' : header.indexOf('\t') >= 0 ? '\t' : ',';
  }

  private static String at(Path file, CSVRecord row) {
    return file + " row " + row.getRecordNumber();
  }
}
