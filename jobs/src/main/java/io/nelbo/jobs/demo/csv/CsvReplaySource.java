package io.nelbo.jobs.demo.csv;

import io.nelbo.jobs.config.FieldsConfig;
import io.nelbo.jobs.csv.BadRow;
import io.nelbo.jobs.csv.CsvColumns;
import io.nelbo.jobs.csv.CsvFormatException;
import io.nelbo.jobs.csv.CsvMapping;
import io.nelbo.jobs.csv.CsvRecord;
import io.nelbo.jobs.csv.CsvRecords;
import io.nelbo.jobs.demo.feed.Reading;
import io.nelbo.jobs.files.LateRows;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Reads the user's own CSV files for a run of the demo, and says which rows train. The whole is
 * held in memory.
 */
public final class CsvReplaySource {
  private static final FieldsConfig NO_FIELDS = new FieldsConfig("", "", "", "");
  private static final int LEAST_ROWS = 100;
  private static final int USUAL_TRAIN_ROWS = 200;
  private static final double TRAIN_SHARE = 0.15;
  private static final double GREATEST_TRAIN_SHARE = 0.4;

  private final List<Path> files;
  private final CsvColumns columns;
  private final OptionalInt trainRows;
  private final List<Reading> readings = new ArrayList<>();
  private List<String> features = List.of();
  private int firstFileRows;
  private final List<String> notes = new ArrayList<>();
  private final List<String> leftOut = new ArrayList<>();
  private final LateRows late = new LateRows(Duration.ZERO); // as the demo's configuration has it
  private final Map<String, Long> skipped = new TreeMap<>();
  private String firstSkipped = "";

  /**
   * @param files in order of time
   * @param trainRows rows that train, in order of time; empty takes all of the first of several
   *     files, or 15 % of a single one, at least 200 rows and at most 40 %
   */
  public CsvReplaySource(List<Path> files, CsvColumns columns, OptionalInt trainRows) {
    this.files = List.copyOf(files);
    this.columns = columns;
    this.trainRows = trainRows;
  }

  /**
   * @throws CsvFormatException naming file, line and what to do
   */
  public CsvReplay read() throws IOException {
    CsvMapping mapping = CsvMapping.of(files, columns, NO_FIELDS, List.of());
    notes.addAll(mapping.notes());
    CsvRecords records = new CsvRecords(files, mapping.columns());
    features = records.features();
    records.forEach(row -> add(row, records), bad -> skip(bad, records));
    late.note().ifPresent(leftOut::add);
    if (!skipped.isEmpty()) {
      leftOut.add(
          "rows that cannot be used and are left out: %s; the first is %s"
              .formatted(counts(), firstSkipped));
    }
    notes.addAll(leftOut);
    return replay();
  }

  private void skip(BadRow row, CsvRecords records) {
    if (skipped.isEmpty()) {
      firstSkipped = "%s: %s".formatted(records.place(row), row.message());
    }
    skipped.merge(row.reason().name(), 1L, Long::sum);
  }

  private String counts() {
    return skipped.entrySet().stream()
        .map(reason -> "%,d %s".formatted(reason.getValue(), reason.getKey()))
        .collect(Collectors.joining(", "));
  }

  private void add(CsvRecord row, CsvRecords records) {
    if (late.isLate(row.series(), row.eventTimeMillis(), () -> records.place(row))) {
      return;
    }
    Instant time = Instant.ofEpochMilli(row.eventTimeMillis());
    firstFileRows += row.file() == 0 ? 1 : 0;
    Optional<Boolean> anomalous =
        row.label() < 0 ? Optional.empty() : Optional.of(row.label() == 1);
    readings.add(new Reading(row.series(), time, row.values(), anomalous));
  }

  private CsvReplay replay() throws CsvFormatException {
    Path first = files.get(0);
    int rows = readings.size();
    if (rows < LEAST_ROWS) {
      throw CsvFormatException.in(
          first,
          "%d rows in all; at least %d are needed to train and score%s",
          rows,
          LEAST_ROWS,
          leftOut.stream().map(note -> "; " + note).collect(Collectors.joining()));
    }
    int training = trainRows.orElse(defaultTrainRows());
    if (training < 1 || training >= rows) {
      throw CsvFormatException.in(
          first,
          "%d rows would train (--train-rows), of %d in all: some must remain to be scored",
          training,
          rows);
    }
    readings.sort(Comparator.comparing(Reading::time));
    Instant border = readings.get(training).time();
    int before = (int) readings.stream().filter(r -> r.time().isBefore(border)).count();
    if (before == 0) {
      throw CsvFormatException.in(
          first, "the first %d rows all carry the time %s: nothing to train on", training, border);
    }
    return new CsvReplay(features, readings, before, border, notes(before));
  }

  private int defaultTrainRows() {
    int rows = readings.size();
    if (files.size() > 1) {
      return firstFileRows;
    }
    int usual = (int) Math.max(USUAL_TRAIN_ROWS, Math.ceil(TRAIN_SHARE * rows));
    return (int) Math.min(usual, GREATEST_TRAIN_SHARE * rows);
  }

  private List<String> notes(int training) {
    List<String> all = new ArrayList<>(notes);
    List<String> constant = new ArrayList<>();
    for (int feature = 0; feature < features.size(); feature++) {
      if (isConstant(feature, training)) {
        constant.add(features.get(feature));
      }
    }
    if (!constant.isEmpty()) {
      all.add(
          "constant over the rows that train: %s; kept, so a change there will count as strange"
              .formatted(String.join(", ", constant)));
    }
    return all;
  }

  private boolean isConstant(int feature, int training) {
    float first = readings.get(0).values()[feature];
    return readings.stream()
        .limit(training)
        .allMatch(r -> Float.compare(r.values()[feature], first) == 0);
  }
}
