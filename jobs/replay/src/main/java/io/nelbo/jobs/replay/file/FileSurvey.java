package io.nelbo.jobs.replay.file;

import io.nelbo.jobs.config.NelboConfig;
import io.nelbo.jobs.files.LateRows;
import io.nelbo.jobs.replay.source.ReplayRange;
import io.nelbo.jobs.stream.Decoded;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What one reading of all records of files finds, so that a fault is found before the job starts.
 */
final class FileSurvey {
  private static final int NAMED = 3;

  /** Refused records of one reason. */
  private static final class OfReason {
    private final List<String> first = new ArrayList<>();
    private long count;
  }

  private final LateRows late;
  private final ReplayRange range;
  private final Map<String, OfReason> refused = new TreeMap<>();
  private final List<String> notes = new ArrayList<>();
  private long size;
  private long judged;
  private long firstMillis = Long.MAX_VALUE;
  private long lastMillis = Long.MIN_VALUE;
  private String firstRefusal = "";
  private String advice = "";

  private FileSurvey(NelboConfig config, ReplayRange range) {
    this.late = new LateRows(config.order().bound());
    this.range = range;
  }

  /**
   * Reads everything once.
   *
   * @param range which of the records are judged
   */
  static FileSurvey of(FileContents contents, NelboConfig config, ReplayRange range)
      throws IOException {
    FileSurvey survey = new FileSurvey(config, range);
    try (RecordReader reader = contents.open()) {
      for (Optional<Decoded> record = reader.next(); record.isPresent(); record = reader.next()) {
        survey.see(record.get(), reader);
      }
      reader.note().ifPresent(survey.notes::add);
      survey.late.note().ifPresent(survey.notes::add);
      survey.advice = reader.advice().orElse("");
    }
    return survey;
  }

  private void see(Decoded found, RecordReader reader) {
    size++;
    if (found.isRejected()) {
      refuse(found, reader);
    } else {
      firstMillis = Math.min(firstMillis, found.eventTimeMillis());
      lastMillis = Math.max(lastMillis, found.eventTimeMillis());
      late.isLate(found.wellFormed().series(), found.eventTimeMillis(), reader::place);
    }
    judged += range.contains(found.eventTimeMillis(), found.partition(), found.offset()) ? 1 : 0;
  }

  private void refuse(Decoded found, RecordReader reader) {
    if (refused.isEmpty()) {
      firstRefusal = "%s: %s".formatted(reader.place(), found.refusal().message());
    }
    OfReason its = refused.computeIfAbsent(found.refusal().reason(), reason -> new OfReason());
    if (its.count++ < NAMED) {
      its.first.add(reader.place());
    }
  }

  /**
   * Fails where nothing is judged although there are records.
   *
   * @param what the records are of
   */
  void requireJudged(String what) throws IOException {
    if (judged == 0 && firstMillis <= lastMillis) {
      throw new IOException(
          "%s: no record lies in the range that is judged, they span %s to %s"
              .formatted(
                  what, Instant.ofEpochMilli(firstMillis), Instant.ofEpochMilli(lastMillis)));
    }
  }

  /** Fails where no record can be used. */
  void requireUsable(String what) throws IOException {
    if (firstMillis > lastMillis && size > 0) {
      throw new IOException("%s: nothing can be used: %s".formatted(what, byReason()));
    }
  }

  long size() {
    return size;
  }

  long judged() {
    return judged;
  }

  List<String> notes() {
    return notes;
  }

  /** How many rows will be dead letters, with the first of them; empty without any. */
  Optional<String> refusedRows() {
    return refused.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "%,d of %,d rows cannot be used and are dead letters; the first is %s"
                .formatted(count(), size, firstRefusal));
  }

  /** The same of files that are a record each, by reason with the first names. */
  Optional<String> refusedFiles() {
    return refused.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "%,d of %,d files cannot be used and are dead letters: %s"
                .formatted(count(), size, byReason()));
  }

  private String byReason() {
    return refused.entrySet().stream()
            .map(
                reason ->
                    "%s %,d (%s%s)"
                        .formatted(
                            reason.getKey(),
                            reason.getValue().count,
                            String.join(", ", reason.getValue().first),
                            reason.getValue().count > NAMED ? ", ..." : ""))
            .collect(Collectors.joining(", "))
        + "; the first is "
        + firstRefusal
        + (advice.isEmpty() ? "" : "; " + advice);
  }

  private long count() {
    return refused.values().stream().mapToLong(reason -> reason.count).sum();
  }
}
