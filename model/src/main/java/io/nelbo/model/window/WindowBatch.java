package io.nelbo.model.window;

import static io.nelbo.model.Preconditions.requireArgument;

import io.nelbo.model.record.RecordColumns;

/**
 * Windows of equal shape, side by side in one reused array: what a detector scores in one call.
 *
 * <p>Row {@code r} holds {@code windowLength} records of {@code columns} raw values each (features
 * and context, see {@link RecordColumns}), oldest first, NaN where a value was not observed. Not
 * thread-safe.
 */
public final class WindowBatch {
  private final int capacity;
  private final int windowLength;
  private final int columns;
  private final float[] values;
  private final String[] series;
  private int size;

  public WindowBatch(int capacity, int windowLength, int columns) {
    requireArgument(capacity > 0, "capacity must be positive, got %s", capacity);
    requireArgument(windowLength > 0, "windowLength must be positive, got %s", windowLength);
    requireArgument(columns > 0, "columns must be positive, got %s", columns);
    this.capacity = capacity;
    this.windowLength = windowLength;
    this.columns = columns;
    this.values = new float[capacity * windowLength * columns];
    this.series = new String[capacity];
  }

  /**
   * Reserves the next row for a window of this series.
   *
   * @return where the row starts in {@link #values()}; the caller fills {@link #rowLength()} values
   * @throws IllegalStateException when the batch is full
   */
  public int add(String seriesOfRow) {
    if (size == capacity) {
      throw new IllegalStateException("the batch is full: capacity " + capacity);
    }
    series[size] = seriesOfRow;
    return rowLength() * size++;
  }

  public void clear() {
    size = 0;
  }

  public int size() {
    return size;
  }

  public boolean isFull() {
    return size == capacity;
  }

  public int capacity() {
    return capacity;
  }

  public int windowLength() {
    return windowLength;
  }

  /** Values per record. */
  public int columns() {
    return columns;
  }

  /** Values per row: {@code windowLength * columns}. */
  public int rowLength() {
    return windowLength * columns;
  }

  /** The live array, row after row; valid up to {@code size() * rowLength()}. */
  public float[] values() {
    return values;
  }

  public String series(int row) {
    return series[row];
  }
}
