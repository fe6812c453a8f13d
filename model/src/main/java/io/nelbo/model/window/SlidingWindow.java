package io.nelbo.model.window;

import static io.nelbo.model.Preconditions.requireArgument;

/**
 * The last W records of one series: a ring that starts again after a gap in event time.
 *
 * <p>The fields are public and there is a constructor without arguments so that a cluster can keep
 * the ring in keyed state as it is, field by field, without a second copy of the same thing; use
 * the methods. One append writes one record and one time, whatever W is; with W = 1 the ring is
 * that record. It is mutable: after an append, hand it back to the state that owns it. Not
 * thread-safe.
 */
public final class SlidingWindow {
  /**
   * Raw values, record after record, NaN where not observed; {@code next} is the oldest if full.
   */
  public float[] values;

  /** Event time of each record in the ring. */
  public long[] eventTimeMillis;

  /** Where the next record goes, in [0, W). */
  public int next;

  /** Records since the last restart, at most W. */
  public int count;

  /** For the state back end; an empty ring that holds nothing. */
  public SlidingWindow() {
    this.values = new float[0];
    this.eventTimeMillis = new long[0];
  }

  /**
   * An empty ring.
   *
   * @param columns values per record, features and context
   */
  public SlidingWindow(int windowLength, int columns) {
    requireArgument(windowLength > 0, "windowLength must be positive, got %s", windowLength);
    requireArgument(columns > 0, "columns must be positive, got %s", columns);
    this.values = new float[windowLength * columns];
    this.eventTimeMillis = new long[windowLength];
  }

  /**
   * Adds the newest record, forgetting the oldest when full, or all of them after a gap.
   *
   * @param record raw values, copied
   * @param timeMillis event time, not before the newest record's
   * @param maxGapMillis the window restarts when more time than this has passed
   * @return whether it restarted
   * @throws IllegalArgumentException when the record is older than the newest, or of another width
   */
  public boolean append(float[] record, long timeMillis, long maxGapMillis) {
    int columns = columns();
    requireArgument(
        record.length == columns, "record has %s columns, expected %s", record.length, columns);
    boolean restarted = false;
    if (count > 0) {
      long newest = newestEventTime();
      requireArgument(
          timeMillis >= newest,
          "record of event time %s is older than the window's newest %s",
          timeMillis,
          newest);
      restarted = timeMillis - newest > maxGapMillis;
    }
    if (restarted) {
      clear();
    }
    System.arraycopy(record, 0, values, next * columns, columns);
    eventTimeMillis[next] = timeMillis;
    next = next + 1 == eventTimeMillis.length ? 0 : next + 1;
    count = Math.min(count + 1, eventTimeMillis.length);
    return restarted;
  }

  /** Whether it holds windows of so many records with so many values each. */
  public boolean hasShape(int windowLength, int columnsPerRecord) {
    return eventTimeMillis.length == windowLength
        && values.length == windowLength * columnsPerRecord;
  }

  public boolean isFull() {
    return count > 0 && count == eventTimeMillis.length;
  }

  public void clear() {
    next = 0;
    count = 0;
  }

  /**
   * Copies the whole window, oldest record first.
   *
   * @param target receives W x columns values from {@code offset} on
   * @throws IllegalStateException when the window is not full
   */
  public void copyTo(float[] target, int offset) {
    if (!isFull()) {
      throw new IllegalStateException(
          "the window is not full: " + count + " of " + eventTimeMillis.length + " records");
    }
    int split = next * columns();
    System.arraycopy(values, split, target, offset, values.length - split);
    System.arraycopy(values, 0, target, offset + values.length - split, split);
  }

  /**
   * Event time of the oldest record.
   *
   * @throws IllegalStateException when the window is empty
   */
  public long oldestEventTime() {
    requireNotEmpty();
    return eventTimeMillis[count < eventTimeMillis.length ? 0 : next];
  }

  /**
   * Event time of the newest record.
   *
   * @throws IllegalStateException when the window is empty
   */
  public long newestEventTime() {
    requireNotEmpty();
    return eventTimeMillis[next == 0 ? eventTimeMillis.length - 1 : next - 1];
  }

  private int columns() {
    return eventTimeMillis.length == 0 ? 0 : values.length / eventTimeMillis.length;
  }

  private void requireNotEmpty() {
    if (count == 0) {
      throw new IllegalStateException("the window is empty");
    }
  }
}
