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

  /** Records are copied side by side, and once more for each model of a batch. */
  private static final int MOST_VALUES = 1 << 23;

  private final Observation[] records;
  private final long[] windowStarts;
  private final RowBatch rows;
  private long oldestMillis;

  /**
   * An empty one.
   *
   * @param capacity records, as far as their values do not exceed 32 MB
   * @param ageMillis of its oldest record at which it is old
   * @param clock processing time in epoch milliseconds
   * @param columns values per record
   */
  MicroBatch(int capacity, long ageMillis, LongSupplier clock, int windowLength, int columns) {
    this.ageMillis = ageMillis;
    this.clock = clock;
    int most = Math.max(1, Math.min(capacity, MOST_VALUES / (windowLength * columns)));
    records = new Observation[most];
    windowStarts = new long[most];
    rows = new RowBatch(most, windowLength, columns);
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
