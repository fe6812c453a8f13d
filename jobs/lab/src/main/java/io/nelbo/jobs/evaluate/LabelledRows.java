package io.nelbo.jobs.evaluate;

import io.nelbo.jobs.csv.CsvColumns;
import io.nelbo.jobs.csv.CsvFile;
import io.nelbo.jobs.csv.CsvRecord;
import io.nelbo.jobs.csv.CsvRecords;
import io.nelbo.jobs.evaluate.data.BenchmarkDataException;
import io.nelbo.jobs.values.EpochUnit;
import io.nelbo.jobs.values.TimeText;
import io.nelbo.jobs.values.ValueFormatException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * A file of a benchmark, in memory.
 *
 * @param source the file, for messages
 * @param features names in the order of the values
 * @param values one array per row
 * @param timesMillis event time of each row
 * @param anomalous labels; all false in a file that needs none
 */
@SuppressWarnings("ArrayRecordComponent") // large by nature, never compared
record LabelledRows(
    String source,
    List<String> features,
    float[][] values,
    long[] timesMillis,
    boolean[] anomalous) {
  private static final TimeText TIMES = new TimeText(EpochUnit.AUTO, ZoneOffset.UTC);

  private static final long MINUTE = Duration.ofMinutes(1).toMillis();

  /** Every row must have a label. */
  static LabelledRows labelled(Path file, CsvColumns columns) throws IOException {
    requireColumn(file, columns.label(), "label");
    return read(file, new CsvRecords(List.of(file), columns), true);
  }

  /** Every row must have a label; only these features are read. */
  static LabelledRows labelled(Path file, CsvColumns columns, List<String> features)
      throws IOException {
    requireColumn(file, columns.label(), "label");
    return read(file, new CsvRecords(List.of(file), columns, features), true);
  }

  /** Labels are not looked at, and may be missing. */
  static LabelledRows unlabelled(Path file, CsvColumns columns) throws IOException {
    boolean hasLabel = header(file).contains(columns.label());
    CsvColumns present =
        new CsvColumns(
            columns.time(), columns.series(), hasLabel ? columns.label() : "", columns.step());
    return read(file, new CsvRecords(List.of(file), present), false);
  }

  /**
   * Rows in the order of the file, whatever their clock does; nothing is a label.
   *
   * @param time name of the column of times
   */
  static LabelledRows asTheyStand(Path file, String time) throws IOException {
    requireColumn(file, time, "time");
    List<String> features = featuresOf(file, time, "label");
    LabelledRows rows =
        read(file, new CsvRecords(List.of(file), CsvColumns.none(), features), false);
    int row = 0;
    try (CsvFile.Reader lines = new CsvFile(file).read()) {
      for (Optional<CsvFile.Row> line = lines.next(); line.isPresent(); line = lines.next()) {
        String text = line.get().cells().get(time);
        rows.timesMillis()[row++] = millis(file, line.get().line(), time, text);
      }
    }
    return rows;
  }

  private static long millis(Path file, long line, String column, String text)
      throws BenchmarkDataException {
    String fault = "lacks a time";
    try {
      long millis = TIMES.millis(text);
      if (millis != TimeText.NONE) {
        return millis;
      }
    } catch (ValueFormatException e) {
      fault = e.getMessage();
    }
    throw new BenchmarkDataException(
        String.format("%s line %d: column %s %s", file, line, column, fault));
  }

  int size() {
    return values.length;
  }

  /** The rows whose position is accepted, in order. */
  LabelledRows where(IntPredicate position) {
    return at(IntStream.range(0, size()).filter(position).toArray());
  }

  /** The rows at these positions, in this order. */
  LabelledRows at(int... positions) {
    float[][] chosen = new float[positions.length][];
    long[] times = new long[positions.length];
    boolean[] labels = new boolean[positions.length];
    for (int i = 0; i < positions.length; i++) {
      chosen[i] = values[positions[i]];
      times[i] = timesMillis[positions[i]];
      labels[i] = anomalous[positions[i]];
    }
    return new LabelledRows(source, features, chosen, times, labels);
  }

  /** In an order of its own, a minute apart: for rows that have no time. */
  LabelledRows inRandomOrder(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int[] order = IntStream.range(0, size()).toArray();
    for (int i = order.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int kept = order[i];
      order[i] = order[j];
      order[j] = kept;
    }
    return at(order).aMinuteApart();
  }

  /** The same rows with times of their own: for trainings that look at no clock. */
  LabelledRows aMinuteApart() {
    long[] times = new long[size()];
    Arrays.setAll(times, row -> row * MINUTE);
    return new LabelledRows(source, features, values, times, anomalous);
  }

  /**
   * A copy in which each entry is missing with this chance.
   *
   * @param share in [0, 1)
   */
  LabelledRows withoutEntries(double share, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[][] holed = new float[size()][];
    for (int row = 0; row < holed.length; row++) {
      holed[row] = values[row].clone();
      for (int feature = 0; feature < holed[row].length; feature++) {
        if (random.nextDouble() < share) {
          holed[row][feature] = Float.NaN;
        }
      }
    }
    return new LabelledRows(source, features, holed, timesMillis, anomalous);
  }

  /** Names of the columns that are neither time nor label nor one of those left out. */
  static List<String> featuresOf(Path file, String... leftOut) throws IOException {
    List<String> names = new ArrayList<>(header(file));
    names.removeAll(Arrays.asList(leftOut));
    return List.copyOf(names);
  }

  private static List<String> header(Path file) throws IOException {
    return new CsvRecords(List.of(file), CsvColumns.none()).features();
  }

  private static void requireColumn(Path file, String name, String what) throws IOException {
    List<String> names = header(file);
    if (!names.contains(name)) {
      throw new BenchmarkDataException(
          String.format("%s has no %s column '%s'; it has %s", file, what, name, names));
    }
  }

  private static LabelledRows read(Path file, CsvRecords records, boolean labelled)
      throws IOException {
    List<CsvRecord> rows = new ArrayList<>();
    records.forEach(rows::add);
    float[][] values = new float[rows.size()][];
    long[] times = new long[rows.size()];
    boolean[] labels = new boolean[rows.size()];
    for (int i = 0; i < values.length; i++) {
      CsvRecord row = rows.get(i);
      if (labelled && row.label() < 0) {
        throw new BenchmarkDataException(
            String.format("%s row %d has no label; write 1 or 0", file, i + 1));
      }
      values[i] = row.values();
      times[i] = row.eventTimeMillis();
      labels[i] = row.label() == 1;
    }
    return new LabelledRows(file.toString(), records.features(), values, times, labels);
  }
}
