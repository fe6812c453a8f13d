package io.nelbo.jobs.evaluate;

import io.nelbo.jobs.csv.CsvColumns;
import io.nelbo.model.evaluate.RowRange;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
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
  private static final CsvColumns COLUMNS =
      new CsvColumns("timestamp", "", "label", Duration.ofMinutes(1));

  private final Path results;

  NabResultFile(Path out) {
    this.results = out.resolve("results");
  }

  void write(
      String detector, String set, LabelledRows rows, List<RowRange> windows, double[] scores)
      throws IOException {
    Path file = file(detector, set);
    Files.createDirectories(file.getParent());
    Path partial = file.resolveSibling(file.getFileName() + ".partial");
    try (PrintWriter writer = new PrintWriter(Files.newBufferedWriter(partial))) {
      writer.println("timestamp,value,anomaly_score,label");
      for (int row = 0; row < rows.size(); row++) {
        int here = row;
        boolean inside =
            windows.stream().anyMatch(window -> window.first() <= here && here <= window.last());
        writer.printf(
            Locale.ROOT,
            "%s,%s,%s,%d%n",
            TIME.format(Instant.ofEpochMilli(rows.timesMillis()[row])),
            rows.values()[row][0],
            scores[row],
            inside ? 1 : 0);
      }
      if (writer.checkError()) {
        throw new IOException(partial + " could not be written");
      }
    }
    Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
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
