package io.nelbo.jobs.evaluate;

import io.nelbo.jobs.csv.CsvColumns;
import io.nelbo.jobs.evaluate.data.BenchmarkDataException;
import io.nelbo.jobs.evaluate.data.SetFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A folder of tables in the layout of ADBench: one set per CSV file, with a column of labels. */
final class TabularSets {
  /** Beyond this every k-th row is taken, where a suite asks for less. */
  static final int MOST_ROWS = 50_000;

  /** What is left of a larger set, about. */
  private static final int REDUCED_ROWS = 10_000;

  private static final CsvColumns COLUMNS = new CsvColumns("", "", "label", Duration.ofMinutes(1));

  /**
   * Rows to train on and rows to test.
   *
   * @param train every second normal row, in the order of the file
   * @param test the other normal rows and all anomalies
   */
  record Split(LabelledRows train, LabelledRows test) {}

  private final SetFiles files;

  TabularSets(Path folder) {
    files = new SetFiles(folder, ".csv.gz", ".csv");
  }

  /**
   * @throws BenchmarkDataException when the folder does not exist or holds no set
   */
  List<String> names() throws IOException {
    return files.names();
  }

  LabelledRows read(String set) throws IOException {
    return LabelledRows.labelled(files.file(set), COLUMNS);
  }

  /** The set, or an even choice of its rows if there are many, with a note. */
  LabelledRows readReduced(String set, SetResult.Builder result) throws IOException {
    LabelledRows all = read(set);
    if (all.size() <= MOST_ROWS) {
      return all;
    }
    int step = all.size() / REDUCED_ROWS;
    result.note(String.format("%s: every %dth of %d rows is used", set, step, all.size()));
    return all.where(row -> row % step == 0);
  }

  static Split split(LabelledRows rows) {
    boolean[] train = new boolean[rows.size()];
    int normals = 0;
    for (int row = 0; row < train.length; row++) {
      train[row] = !rows.anomalous()[row] && normals++ % 2 == 0;
    }
    return new Split(rows.where(row -> train[row]), rows.where(row -> !train[row]));
  }
}
