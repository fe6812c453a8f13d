package io.nelbo.jobs.score;

import io.nelbo.jobs.stream.Observed;
import io.nelbo.model.window.SlidingWindow;
import io.nelbo.model.window.WindowBatch;

/**
 * Records that wait to be scored together, in input order, their windows copied side by side. Holds
 * no policy but its size. Not thread-safe.
 */
final class MicroBatch {
  private static final int NO_WINDOW = -1;

  private final Observed[] records;
  private final long[] windowStarts;
  private final int[] rows;
  private final WindowBatch windows;
  private int size;

  MicroBatch(int capacity, int windowLength, int features) {
    records = new Observed[capacity];
    windowStarts = new long[capacity];
    rows = new int[capacity];
    windows = new WindowBatch(capacity, windowLength, features);
  }

  /** Adds a record whose series' window ends with it. */
  void add(Observed record, SlidingWindow window) {
    records[size] = record;
    windowStarts[size] = window.oldestEventTime();
    if (window.isFull()) {
      rows[size] = windows.size();
      window.copyTo(windows.values(), windows.add(record.series()));
    } else {
      rows[size] = NO_WINDOW;
    }
    size++;
  }

  boolean isFull() {
    return size == records.length;
  }

  int size() {
    return size;
  }

  Observed record(int index) {
    return records[index];
  }

  long windowStart(int index) {
    return windowStarts[index];
  }

  boolean hasWindow(int index) {
    return rows[index] != NO_WINDOW;
  }

  int row(int index) {
    return rows[index];
  }

  WindowBatch windows() {
    return windows;
  }

  void clear() {
    windows.clear();
    size = 0;
  }
}
