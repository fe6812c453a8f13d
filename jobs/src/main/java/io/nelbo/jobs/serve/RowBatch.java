package io.nelbo.jobs.serve;

import io.nelbo.model.window.SlidingWindow;
import io.nelbo.model.window.WindowBatch;

/**
 * Rows that are scored together, in input order: the series and event time of each, and its window
 * where that is full, copied side by side. Holds no policy but its size. Not thread-safe.
 */
public final class RowBatch {
  private static final int NO_WINDOW = -1;

  private final String[] series;
  private final long[] eventTimes;
  private final int[] windowRows;
  private final WindowBatch windows;
  private int size;

  /**
   * @param columns values per record, context included
   */
  public RowBatch(int capacity, int windowLength, int columns) {
    series = new String[capacity];
    eventTimes = new long[capacity];
    windowRows = new int[capacity];
    windows = new WindowBatch(capacity, windowLength, columns);
  }

  /** Adds a row whose series' window ends with it. */
  public void add(String ofSeries, long eventTimeMillis, SlidingWindow window) {
    series[size] = ofSeries;
    eventTimes[size] = eventTimeMillis;
    if (window.isFull()) {
      windowRows[size] = windows.size();
      window.copyTo(windows.values(), windows.add(ofSeries));
    } else {
      windowRows[size] = NO_WINDOW;
    }
    size++;
  }

  public boolean isFull() {
    return size == series.length;
  }

  public int size() {
    return size;
  }

  /** Whether the row has a window, without which it cannot be scored. */
  public boolean hasWindow(int index) {
    return windowRows[index] != NO_WINDOW;
  }

  public void clear() {
    windows.clear();
    size = 0;
  }

  String series(int index) {
    return series[index];
  }

  long eventTimeMillis(int index) {
    return eventTimes[index];
  }

  /** Where the row's window lies among {@link #windows}. */
  int windowRow(int index) {
    return windowRows[index];
  }

  WindowBatch windows() {
    return windows;
  }
}
