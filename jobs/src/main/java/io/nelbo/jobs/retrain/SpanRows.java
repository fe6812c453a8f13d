package io.nelbo.jobs.retrain;

import io.nelbo.jobs.stream.Observed;
import io.nelbo.model.train.SpanBuilder;
import io.nelbo.model.train.TrainingSpan;
import io.nelbo.model.window.RecordColumns;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Keeps the rows of a training span: the first {@code minRows} by event time, and those of the very
 * same time as the last of them. A function of the rows, not of their order of arrival. Rows that
 * are labelled anomalous are no example of the normal and are passed over. Pure.
 */
final class SpanRows {
  private static final int ANOMALOUS = 1;

  private static final Comparator<Observed> BY_TIME =
      Comparator.comparingLong(Observed::eventTimeMillis)
          .thenComparing(Observed::series)
          .thenComparingInt(Observed::partition)
          .thenComparingLong(Observed::offset);

  private final RecordColumns columns;
  private final int minRows;
  private final long maxGapMillis;
  private final TreeMap<Long, List<Observed>> rowsByTime = new TreeMap<>();
  private int size;

  SpanRows(RecordColumns columns, int minRows, long maxGapMillis) {
    this.columns = columns;
    this.minRows = minRows;
    this.maxGapMillis = maxGapMillis;
  }

  /** Takes one row, and lets go of what is no longer among the first. */
  void add(Observed row) {
    if (row.label() == ANOMALOUS || (isFull() && row.eventTimeMillis() > lastMillis())) {
      return;
    }
    rowsByTime
        .computeIfAbsent(row.eventTimeMillis(), time -> new ArrayList<>())
        .add(withoutBytes(row));
    size++;
    while (size - rowsByTime.lastEntry().getValue().size() >= minRows) {
      size -= rowsByTime.pollLastEntry().getValue().size();
    }
  }

  int size() {
    return size;
  }

  void clear() {
    rowsByTime.clear();
    size = 0;
  }

  /** What is kept, by event time. */
  List<Observed> kept() {
    return rowsByTime.values().stream().flatMap(Collection::stream).toList();
  }

  /**
   * The first span, once every row of it has been seen.
   *
   * @param watermarkMillis no row at or before this event time is still to come
   */
  Optional<TrainingSpan> span(long watermarkMillis) {
    if (!isFull() || lastMillis() > watermarkMillis) {
      return Optional.empty();
    }
    SpanBuilder span = new SpanBuilder(columns, maxGapMillis);
    kept().stream()
        .sorted(BY_TIME)
        .forEach(row -> span.add(row.series(), row.eventTimeMillis(), row.features()));
    return Optional.of(span.build());
  }

  private boolean isFull() {
    return size >= minRows;
  }

  private long lastMillis() {
    return rowsByTime.lastKey();
  }

  /** Key and value are for dead letters: nobody trains on them. */
  private static Observed withoutBytes(Observed row) {
    return new Observed(
        row.series(),
        row.eventTimeMillis(),
        row.features(),
        row.label(),
        row.partition(),
        row.offset(),
        row.kafkaTimeMillis(),
        null,
        null);
  }
}
