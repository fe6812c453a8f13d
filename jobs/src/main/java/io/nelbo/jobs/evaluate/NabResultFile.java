package io.nelbo.jobs.evaluate;

import io.nelbo.jobs.csv.CsvColumns;
import io.nelbo.jobs.files.AtomicFile;
import io.nelbo.jobs.replay.metrics.RowRange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/**
 * Scores in the benchmark's own layout, {@code results/<detector>/<folder>/<detector>_<series>.csv}
 * with {@code timestamp,value,anomaly_score,label}, so that its official scorer can read them.
 */
final class NabResultFile {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final CsvColumns COLUMNS = new CsvColumns("", "", "label", Duration.ofMinutes(1));

  private final Path results;

  NabResultFile(Path out) {
    this.results = out.resolve("results");
  }

  void write(
      String detector, String set, LabelledRows rows, List<RowRange> windows, double[] scores)
      throws IOException {
    Path file = file(detector, set);
    Files.createDirectories(file.getParent());
    AtomicFile.write(
        file,
        out -> {
          out.write("timestamp,value,anomaly_score,label\n");
          for (int row = 0; row < rows.size(); row++) {
            out.write(line(rows, windows, row, scores[row]));
          }
        });
  }

  private static String line(LabelledRows rows, List<RowRange> windows, int row, double score) {
    boolean inside =
        windows.stream().anyMatch(window -> window.first() <= row && row <= window.last());
    return String.format(
        Locale.ROOT,
        "%s,%s,%s,%d%n",
        TIME.format(Instant.ofEpochMilli(rows.timesMillis()[row])),
        rows.values()[row][0],
        score,
        inside ? 1 : 0);
  }

  double[] read(String detector, String set) throws IOException {
    LabelledRows rows =
        LabelledRows.labelled(file(detector, set), COLUMNS, List.of("anomaly_score"));
    double[] scores = new double[rows.size()];
    for (int row = 0; row < scores.length; row++) {
      scores[row] = rows.values()[row][0];
    }
    return scores;
  }

  private Path file(String detector, String set) {
    int slash = set.indexOf('/');
    return results
        .resolve(detector)
        .resolve(set.substring(0, slash))
        .resolve(detector + "_" + set.substring(slash + 1) + ".csv");
  }
}
