package io.nelbo.jobs.score;

import io.nelbo.jobs.serve.RowBatch;
import io.nelbo.jobs.stream.Observation;
import io.nelbo.model.window.SlidingWindow;
import java.util.function.LongSupplier;

/**
 * Records that wait to be scored together, in input order. Full or old it is due; whoever holds it
 * sees to that. Not thread-safe.
 */
final class MicroBatch {
  private final long ageMillis;
  private final LongSupplier clock;
  private final Observation[] records;
  private final long[] windowStarts;
  private final RowBatch rows;
  private long oldestMillis;

  /**
   * An empty one.
   *
   * @param ageMillis of its oldest record at which it is old
   * @param clock processing time in epoch milliseconds
   * @param columns values per record
   */
  MicroBatch(int capacity, long ageMillis, LongSupplier clock, int windowLength, int columns) {
    this.ageMillis = ageMillis;
    this.clock = clock;
    records = new Observation[capacity];
    windowStarts = new long[capacity];
    rows = new RowBatch(capacity, windowLength, columns);
  }

  /** Adds a record whose series' window ends with it. */
  void add(Observation record, SlidingWindow window) {
    if (rows.size() == 0) {
      oldestMillis = clock.getAsLong();
    }
    records[rows.size()] = record;
    windowStarts[rows.size()] = window.oldestEventTime();
    rows.add(record.series(), record.eventTimeMillis(), window);
  }

  boolean isFull() {
    return rows.isFull();
  }

  boolean isOld() {
    return rows.size() > 0 && clock.getAsLong() - oldestMillis >= ageMillis;
  }

  int size() {
    return rows.size();
  }

  Observation record(int index) {
    return records[index];
  }

  long windowStart(int index) {
    return windowStarts[index];
  }

  RowBatch rows() {
    return rows;
  }

  void clear() {
    rows.clear();
  }
}
