package io.nelbo.jobs.demo;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.csv.CSVRecord;

/**
 * Reads the user's own CSV files for a run of the demo. The whole is held in memory. Anything that
 * cannot be used is refused with file and line; nothing is dropped in silence.
 */
final class CsvReplaySource {
  /** Where time starts when the files hold none. */
  private static final Instant WITHOUT_TIME = Instant.parse("2026-01-05T00:00:00Z");

  private static final int LEAST_ROWS = 100;
  private static final int USUAL_TRAIN_ROWS = 200;
  private static final double TRAIN_SHARE = 0.15;
  private static final double GREATEST_TRAIN_SHARE = 0.4;

  private final CsvOptions options;
  private final List<Reading> readings = new ArrayList<>();
  private final Map<String, Instant> newest = new HashMap<>();
  private List<String> features = List.of();
  private boolean labelSeen;
  private int firstFileRows;
  private long equalTimes;

  CsvReplaySource(CsvOptions options) {
    this.options = options;
  }

  /**
   * @throws CsvProblemException naming file, line and what to do
   */
  CsvReplay read() {
    for (Path path : options.files()) {
      new CsvFile(path)
          .read(
              header -> checkHeader(path, header),
              (line, row) -> readings.add(reading(path, line, row)));
      firstFileRows = firstFileRows == 0 ? readings.size() : firstFileRows;
    }
    if (options.label().isPresent() && !labelSeen) {
      throw CsvProblemException.in(
          options.files().get(0), "no column %s in any file", options.label().get());
    }
    return replay();
  }

  private void checkHeader(Path path, List<String> header) {
    options.time().ifPresent(column -> require(path, header, column, "--time"));
    options.series().ifPresent(column -> require(path, header, column, "--series"));
    labelSeen |= options.label().filter(header::contains).isPresent();
    List<String> found = header.stream().filter(options::isFeature).toList();
    if (found.isEmpty()) {
      throw CsvProblemException.in(path, "there is no feature column among %s", header);
    }
    if (features.isEmpty()) {
      features = found;
    }
    for (String column : found) {
      if (!features.contains(column)) {
        throw CsvProblemException.in(
            path,
            "column %s is not in %s: name it with --label if it tells anomalies, or remove it",
            column,
            options.files().get(0));
      }
    }
    for (String column : features) {
      if (!found.contains(column)) {
        throw CsvProblemException.in(
            path, "column %s of %s is missing", column, options.files().get(0));
      }
    }
  }

  private static void require(Path path, List<String> header, String column, String option) {
    if (!header.contains(column)) {
      throw CsvProblemException.in(
          path, "no column %s (%s); the header has %s", column, option, header);
    }
  }

  private Reading reading(Path path, long line, CSVRecord row) {
    float[] values = new float[features.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = number(path, line, features.get(i), row.get(features.get(i)));
    }
    String series = series(path, line, row);
    Instant time = time(path, line, row, series);
    return new Reading(series, time, values, label(path, line, row));
  }

  private float number(Path path, long line, String column, String cell) {
    return CsvCells.number(cell)
        .orElseThrow(
            () ->
                CsvProblemException.at(
                    path,
                    line,
                    "column %s holds \"%s\", which is no finite number: name the column with --time, --series or --label if it is one of these, or remove it",
                    column,
                    cell));
  }

  private String series(Path path, long line, CSVRecord row) {
    if (options.series().isEmpty()) {
      return options.onlySeries();
    }
    String series = row.get(options.series().get());
    if (series.isEmpty()) {
      throw CsvProblemException.at(
          path, line, "column %s (--series) is empty", options.series().get());
    }
    return series;
  }

  private Instant time(Path path, long line, CSVRecord row, String series) {
    Optional<Instant> before = Optional.ofNullable(newest.get(series));
    if (options.time().isEmpty()) {
      Instant time = before.map(t -> t.plusSeconds(1)).orElse(WITHOUT_TIME);
      newest.put(series, time);
      return time;
    }
    String cell = row.get(options.time().get());
    Instant time =
        CsvCells.time(cell)
            .orElseThrow(
                () ->
                    CsvProblemException.at(
                        path,
                        line,
                        "column %s (--time) holds \"%s\": use ISO-8601, yyyy-MM-dd HH:mm:ss, epoch seconds or epoch milliseconds",
                        options.time().get(),
                        cell));
    if (before.isPresent() && time.isBefore(before.get())) {
      throw CsvProblemException.at(
          path,
          line,
          "time %s is before %s of the row above it in series %s: sort each series by time",
          time,
          before.get(),
          series);
    }
    equalTimes += before.isPresent() && time.equals(before.get()) ? 1 : 0;
    newest.put(series, time);
    return time;
  }

  private Optional<Boolean> label(Path path, long line, CSVRecord row) {
    if (options.label().isEmpty() || !row.isMapped(options.label().get())) {
      return Optional.empty();
    }
    String cell = row.get(options.label().get());
    return CsvCells.label(cell)
        .orElseThrow(
            () ->
                CsvProblemException.at(
                    path,
                    line,
                    "column %s (--label) holds \"%s\": use 1 or true for anomalous, 0 or false for normal",
                    options.label().get(),
                    cell));
  }

  private CsvReplay replay() {
    Path first = options.files().get(0);
    int rows = readings.size();
    if (rows < LEAST_ROWS) {
      throw CsvProblemException.in(
          first, "%d rows in all; at least %d are needed to train and score", rows, LEAST_ROWS);
    }
    int trainRows = options.trainRows().orElse(defaultTrainRows());
    if (trainRows < 1 || trainRows >= rows) {
      throw CsvProblemException.in(
          first,
          "%d rows would train (--train-rows), of %d in all: some must remain to be scored",
          trainRows,
          rows);
    }
    readings.sort(Comparator.comparing(Reading::time));
    Instant border = readings.get(trainRows).time();
    int before = (int) readings.stream().filter(r -> r.time().isBefore(border)).count();
    if (before == 0) {
      throw CsvProblemException.in(
          first, "the first %d rows all carry the time %s: nothing to train on", trainRows, border);
    }
    return new CsvReplay(features, readings, before, border, notes(before));
  }

  private int defaultTrainRows() {
    int rows = readings.size();
    if (options.files().size() > 1) {
      return firstFileRows;
    }
    int usual = (int) Math.max(USUAL_TRAIN_ROWS, Math.ceil(TRAIN_SHARE * rows));
    return (int) Math.min(usual, GREATEST_TRAIN_SHARE * rows);
  }

  private List<String> notes(int trainRows) {
    List<String> notes = new ArrayList<>();
    if (equalTimes > 0) {
      notes.add(
          "rows with the time of the row before them in their series, which count as late: %,d"
              .formatted(equalTimes));
    }
    List<String> constant = new ArrayList<>();
    for (int feature = 0; feature < features.size(); feature++) {
      if (isConstant(feature, trainRows)) {
        constant.add(features.get(feature));
      }
    }
    if (!constant.isEmpty()) {
      notes.add(
          "constant over the rows that train: %s; kept, so a change there will count as strange"
              .formatted(String.join(", ", constant)));
    }
    return notes;
  }

  private boolean isConstant(int feature, int trainRows) {
    float first = readings.get(0).values()[feature];
    return readings.stream()
        .limit(trainRows)
        .allMatch(r -> Float.compare(r.values()[feature], first) == 0);
  }
}
