package io.nelbo.model.window;

import io.nelbo.model.record.RecordColumns;
import static io.nelbo.model.Preconditions.requireArgument;

/**
 * Windows of equal shape, side by side in one reused array: what a detector scores in one call.
 *
 * <p>Row {@code r} holds {@code windowLength} records of {@code features} raw values each (context
 * counts, see {@link RecordColumns}), oldest first, NaN where a value was not observed. Not
 * thread-safe.
 */
public final class WindowBatch {
  private final int capacity;
  private final int windowLength;
  private final int features;
  private final float[] values;
  private final String[] series;
  private int size;

  public WindowBatch(int capacity, int windowLength, int features) {
    requireArgument(capacity > 0, "capacity must be positive, got %s", capacity);
    requireArgument(windowLength > 0, "windowLength must be positive, got %s", windowLength);
    requireArgument(features > 0, "features must be positive, got %s", features);
    this.capacity = capacity;
    this.windowLength = windowLength;
    this.features = features;
    this.values = new float[capacity * windowLength * features];
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

  public int features() {
    return features;
  }

  /** Values per row: {@code windowLength * features}. */
  public int rowLength() {
    return windowLength * features;
  }

  /** The live array, row after row; valid up to {@code size() * rowLength()}. */
  public float[] values() {
    return values;
  }

  public String series(int row) {
    return series[row];
  }
}
