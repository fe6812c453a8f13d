package io.nelbo.jobs.evaluate;

import io.nelbo.jobs.csv.CsvColumns;
import io.nelbo.jobs.csv.CsvRecord;
import io.nelbo.jobs.csv.CsvRecords;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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
  private static final long MINUTE = Duration.ofMinutes(1).toMillis();

  /** Every row must have a label. */
  static LabelledRows labelled(Path file, CsvColumns columns) throws IOException {
    requireColumn(file, columns.label());
    return read(file, new CsvRecords(List.of(file), columns), true);
  }

  /** Every row must have a label; only these features are read. */
  static LabelledRows labelled(Path file, CsvColumns columns, List<String> features)
      throws IOException {
    requireColumn(file, columns.label());
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

  /** The same with other labels. */
  LabelledRows withLabels(boolean[] labels) {
    return new LabelledRows(source, features, values, timesMillis, labels);
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
    LabelledRows shuffled = at(order);
    Arrays.setAll(shuffled.timesMillis(), i -> i * MINUTE);
    return shuffled;
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

  private static void requireColumn(Path file, String label) throws IOException {
    List<String> names = header(file);
    if (!names.contains(label)) {
      throw new BenchmarkDataException(
          String.format("%s has no label column '%s'; it has %s", file, label, names));
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
