package io.nelbo.jobs.evaluate;

import io.nelbo.jobs.csv.CsvColumns;
import io.nelbo.jobs.evaluate.data.BenchmarkDataException;
import io.nelbo.jobs.evaluate.data.SetFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A folder of series in two parts: {@code <name>/train.csv.gz} and {@code <name>/test.csv.gz}. */
final class TimeSeriesFolder {
  private static final String TEST = "test.csv";
  private static final CsvColumns COLUMNS = new CsvColumns("", "", "label", Duration.ofMinutes(1));

  private final Path folder;

  TimeSeriesFolder(Path folder) {
    this.folder = folder;
  }

  /** Names of the series, in order; none if the folder holds something else. */
  List<String> names() throws IOException {
    return SetFiles.folders(folder).stream()
        .filter(series -> SetFiles.plainOrGzip(series.resolve(TEST)).isPresent())
        .map(series -> series.getFileName().toString())
        .toList();
  }

  /** The rows to train on; labels are not looked at. */
  LabelledRows train(String name) throws IOException {
    return LabelledRows.unlabelled(file(name, "train.csv"), COLUMNS);
  }

  /** The rows to test, with the features of those that trained. */
  LabelledRows test(String name, LabelledRows train) throws IOException {
    return LabelledRows.labelled(file(name, TEST), COLUMNS, train.features());
  }

  private Path file(String name, String part) throws BenchmarkDataException {
    Path series = folder.resolve(name);
    return SetFiles.plainOrGzip(series.resolve(part))
        .orElseThrow(
            () ->
                new BenchmarkDataException(series + " holds neither " + part + ".gz nor " + part));
  }
}
