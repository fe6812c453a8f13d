package io.nelbo.jobs.replay.result;

import io.nelbo.jobs.csv.CsvFile;
import io.nelbo.jobs.csv.CsvFormatException;
import io.nelbo.jobs.replay.source.RecordNames;
import io.nelbo.jobs.stream.ScoredRecord;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/**
 * The rows of {@code scores.csv.gz}, in the order in which the records were scored, which is the
 * order of time within each series. A row without a score has empty cells where its figures would
 * be, and without smoothing its two are empty; numbers are written so that reading gives the same
 * bits.
 */
public final class ScoresFile {
  private static final String[] HEADER = {
    "time",
    "series",
    "negative_elbo",
    "reconstruction",
    "kl",
    "p_value",
    "score",
    "anomaly",
    "label",
    "model",
    "status",
    "cold",
    "overdue",
    "partition",
    "offset",
    "smoothed_p_value",
    "smoothed_score",
    "p_extrapolated"
  };

  /** Where records have names. */
  private static final String FILE = "file";

  /** Later columns are not in every file. */
  private static final List<String> NEEDED = List.of(HEADER).subList(0, 15);

  private ScoresFile() {}

  /** Writes rows one by one; the file is whole once closed. */
  public static final class Writer implements Closeable {
    private final CSVPrinter printer;
    private final RecordNames names;

    /** Of records without names. */
    public Writer(Path file) throws IOException {
      this(file, RecordNames.NONE);
    }

    /** With a column of names, if there are any. */
    public Writer(Path file, RecordNames names) throws IOException {
      this.names = names;
      printer =
          new CSVPrinter(
              new OutputStreamWriter(
                  new GZIPOutputStream(Files.newOutputStream(file), 1 << 16),
                  StandardCharsets.UTF_8),
              CSVFormat.DEFAULT.builder().setHeader(header(names)).setRecordSeparator('\n').get());
    }

    private static String[] header(RecordNames names) {
      return names == RecordNames.NONE
          ? HEADER
          : Stream.concat(Arrays.stream(HEADER), Stream.of(FILE)).toArray(String[]::new);
    }

    public void write(ScoreRow row) throws IOException {
      if (names == RecordNames.NONE) {
        printer.printRecord(cells(row));
        return;
      }
      List<@Nullable Object> cells = new ArrayList<>(Arrays.asList(cells(row)));
      cells.add(names.nameOf(row.origin().partition(), row.origin().offset()));
      printer.printRecord(cells);
    }

    private static @Nullable Object[] cells(ScoreRow row) {
      return new @Nullable Object[] {
        Instant.ofEpochMilli(row.eventTimeMillis()),
        row.series(),
        number(row.nats().negativeElbo()),
        number(row.nats().reconstruction()),
        number(row.nats().kl()),
        number(row.alone().pValue()),
        number(row.alone().score()),
        row.anomaly() ? 1 : 0,
        row.label() < 0 ? null : row.label(),
        row.model(),
        row.status(),
        row.cold(),
        row.overdue(),
        row.origin().partition(),
        row.origin().offset(),
        number(row.smoothed().pValue()),
        number(row.smoothed().score()),
        row.alone().extrapolated()
      };
    }

    private static @Nullable Double number(double value) {
      return Double.isNaN(value) ? null : value;
    }

    @Override
    public void close() throws IOException {
      printer.close(true);
    }
  }

  /**
   * Reads all rows.
   *
   * @throws CsvFormatException when the file is not one of ours
   */
  public static List<ScoreRow> read(Path file) throws IOException {
    List<ScoreRow> rows = new ArrayList<>();
    Map<String, String> names = new HashMap<>();
    CsvFile csv = new CsvFile(file);
    List<String> header = csv.header();
    for (String column : NEEDED) {
      if (!header.contains(column)) {
        throw CsvFormatException.in(file, "no column %s: this is no scores file", column);
      }
    }
    try (CsvFile.Reader reader = csv.read()) {
      for (Optional<CsvFile.Row> row = reader.next(); row.isPresent(); row = reader.next()) {
        rows.add(row(file, row.get().line(), row.get().cells(), names));
      }
    }
    return rows;
  }

  private static ScoreRow row(Path file, long line, CSVRecord row, Map<String, String> names)
      throws CsvFormatException {
    try {
      return new ScoreRow(
          origin(row, names),
          ScoredRecord.Status.valueOf(row.get("status")),
          new ScoreRow.Judge(
              names.computeIfAbsent(row.get("model"), name -> name),
              Boolean.parseBoolean(row.get("cold")),
              Boolean.parseBoolean(row.get("overdue"))),
          new ScoreRow.Nats(
              number(row.get("negative_elbo")),
              number(row.get("reconstruction")),
              number(row.get("kl"))),
          new ScoreRow.Surprise(
              number(row.get("p_value")),
              number(row.get("score")),
              row.isMapped("p_extrapolated") && Boolean.parseBoolean(row.get("p_extrapolated"))),
          new ScoreRow.Surprise(
              optional(row, "smoothed_p_value"), optional(row, "smoothed_score"), false),
          row.get("anomaly").equals("1"));
    } catch (IllegalArgumentException | DateTimeException e) {
      throw CsvFormatException.at(
          file, line, "is no row of a scores file: %s", String.valueOf(e.getMessage()));
    }
  }

  private static ScoreRow.Origin origin(CSVRecord row, Map<String, String> names) {
    return new ScoreRow.Origin(
        Instant.parse(row.get("time")).toEpochMilli(),
        names.computeIfAbsent(row.get("series"), name -> name),
        row.get("label").isEmpty() ? -1 : Integer.parseInt(row.get("label")),
        Integer.parseInt(row.get("partition")),
        Long.parseLong(row.get("offset")));
  }

  private static double optional(CSVRecord row, String column) {
    return row.isMapped(column) ? number(row.get(column)) : Double.NaN;
  }

  private static double number(String text) {
    return text.isEmpty() ? Double.NaN : Double.parseDouble(text);
  }
}
