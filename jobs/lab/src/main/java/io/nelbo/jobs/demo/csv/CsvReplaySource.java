package io.nelbo.jobs.demo.csv;

import io.nelbo.jobs.csv.BadRow;
import io.nelbo.jobs.csv.CsvColumns;
import io.nelbo.jobs.csv.CsvFormatException;
import io.nelbo.jobs.csv.CsvMapping;
import io.nelbo.jobs.csv.CsvRecord;
import io.nelbo.jobs.csv.CsvRecords;
import io.nelbo.jobs.demo.csv.FedRows.Fed;
import io.nelbo.jobs.demo.feed.Reading;
import io.nelbo.jobs.files.LateRows;
import io.nelbo.jobs.text.ShownText;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
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
  private static final int USUAL_TRAIN_ROWS = 200;
  private static final double TRAIN_SHARE = 0.15;
  private static final double GREATEST_TRAIN_SHARE = 0.4;
  private static final int STEPS_PER_GAP = 10;

  private final List<Path> files;
  private final CsvColumns columns;
  private final OptionalInt trainRows;
  private final FedRows rows = new FedRows();
  private int firstFileRows;
  private final LateRows late = new LateRows(Duration.ZERO); // as the demo's configuration has it
  private final List<BadRow> skipped = new ArrayList<>();
  private final List<String> leftOut = new ArrayList<>();
  private long refused;
  private String firstRefusal = "";

  /**
   * @param files in order of time
   * @param trainRows rows that train, in order of time; empty takes all of the first of several
   *     files, or 15 % of a single one, at least 200 rows and at most 40 %; more where too few of
   *     these can be trained on
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
    CsvMapping mapping = CsvMapping.guess(files, columns);
    CsvRecords records = new CsvRecords(files, mapping.columns());
    JobRules rules = new JobRules(records.features());
    List<String> notes = new ArrayList<>(mapping.notes());
    if (mapping.isNewestFirst()) {
      notes.add("the newest row comes first: rows are read in the order of time");
      List<CsvRecord> all = new ArrayList<>();
      records.forEach(all::add, skipped::add);
      all.sort(Comparator.comparingLong(CsvRecord::eventTimeMillis)); // stable
      all.forEach(row -> add(row, rules.refusal(row), records));
    } else {
      records.forEach(row -> add(row, rules.refusal(row), records), skipped::add);
    }
    notes.addAll(records.notes());
    if (!skipped.isEmpty()) {
      leftOut.add(
          "rows that cannot be used and are left out: %s; the first is %s: %s"
              .formatted(counts(), records.place(skipped.get(0)), skipped.get(0).message()));
    }
    late.note().ifPresent(leftOut::add);
    if (refused > 0) {
      leftOut.add("refused: %,d rows, the first because %s".formatted(refused, firstRefusal));
    }
    notes.addAll(leftOut);
    return replay(records.features(), notes);
  }

  /** Event time between two rows of a series after which they do not follow each other. */
  public static Duration maxGap(Duration step) {
    return step.multipliedBy(STEPS_PER_GAP);
  }

  private String counts() {
    Map<String, Long> counts =
        skipped.stream()
            .collect(
                Collectors.groupingBy(
                    row -> row.reason().name(), TreeMap::new, Collectors.counting()));
    return counts.entrySet().stream()
        .map(reason -> "%,d %s".formatted(reason.getValue(), reason.getKey()))
        .collect(Collectors.joining(", "));
  }

  private void add(CsvRecord row, Optional<String> refusal, CsvRecords records) {
    firstFileRows += row.file() == 0 ? 1 : 0;
    Optional<Boolean> anomalous =
        row.label() < 0 ? Optional.empty() : Optional.of(row.label() == 1);
    Instant time = Instant.ofEpochMilli(row.eventTimeMillis());
    Reading reading = new Reading(row.series(), time, row.values(), anomalous);
    if (refusal.isEmpty()) {
      late.isLate(row.series(), row.eventTimeMillis(), () -> records.place(row)); // counts
      rows.add(reading);
      return;
    }
    firstRefusal = refused++ == 0 ? refusal.get() : firstRefusal;
    rows.addRefused(reading);
  }

  private CsvReplay replay(List<String> features, List<String> remarks) throws CsvFormatException {
    List<List<Fed>> instants = rows.inOrder();
    Duration step = rows.step();
    TrainingChoice.Chosen chosen =
        new TrainingChoice(instants, maxGap(step))
            .choose(
                trainRows.orElse(defaultTrainRows()),
                trainRows.isPresent() ? 0 : TrainingChoice.LEAST_TRAINED);
    requireEnough(chosen);
    List<String> notes = new ArrayList<>(remarks);
    notes.addAll(constant(features, instants, chosen.part()));
    List<List<Reading>> fed =
        instants.stream().map(instant -> instant.stream().map(Fed::reading).toList()).toList();
    return new CsvReplay(features, fed, chosen.part(), step, notes);
  }

  private void requireEnough(TrainingChoice.Chosen chosen) throws CsvFormatException {
    Path first = files.get(0);
    TrainingPart part = chosen.part();
    if (part.trained() < TrainingChoice.LEAST_TRAINED) {
      throw CsvFormatException.in(
          first,
          "of %,d rows%s %,d can be trained on, at least %d are needed%s"
              .formatted(
                  part.rows(),
                  chosen.border().isPresent() ? " that would train (--train-rows)" : " in all",
                  part.trained(),
                  TrainingChoice.LEAST_TRAINED,
                  part.leftOut().isEmpty() ? "" : "; left out: " + part.leftOutText())
              .concat(leftOut.stream().map(note -> "; " + note).collect(Collectors.joining()))
              .replace("%", "%%"));
    }
    if (chosen.border().isEmpty()) {
      throw CsvFormatException.in(
          first,
          "%,d rows would train%s, of %,d in all: some must remain to be scored",
          trainRows.orElse(part.rows()),
          trainRows.isPresent() ? " (--train-rows)" : "",
          rows.size());
    }
  }

  private int defaultTrainRows() {
    if (files.size() > 1) {
      return firstFileRows;
    }
    int usable = rows.usable();
    int usual = (int) Math.max(USUAL_TRAIN_ROWS, Math.ceil(TRAIN_SHARE * usable));
    return (int) Math.min(usual, GREATEST_TRAIN_SHARE * usable);
  }

  private static List<String> constant(
      List<String> features, List<List<Fed>> instants, TrainingPart training) {
    List<float[]> values =
        instants.stream()
            .flatMap(Collection::stream)
            .limit(training.rows())
            .filter(row -> !row.isRefused() && !row.isAnomalous())
            .map(row -> row.reading().values())
            .toList();
    List<String> constant = new ArrayList<>();
    for (int i = 0; i < features.size(); i++) {
      int feature = i;
      float first = values.get(0)[feature];
      if (values.stream().allMatch(row -> Float.compare(row[feature], first) == 0)) {
        constant.add(features.get(feature));
      }
    }
    return constant.isEmpty()
        ? List.of()
        : List.of(
            "constant over the rows that train: %s; kept, so a change there will count as strange"
                .formatted(ShownText.names(constant)));
  }
}
