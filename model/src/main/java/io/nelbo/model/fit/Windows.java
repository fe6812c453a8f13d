package io.nelbo.model.fit;

import io.nelbo.model.record.Segment;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;

/** Windows of a span, each by its segment and the row of its newest record. */
public final class Windows {
  /** No window. */
  public static final Windows NONE = new Builder().build();

  private final int[] segments;
  private final int[] rows;

  private Windows(int[] segments, int[] rows) {
    this.segments = segments;
    this.rows = rows;
  }

  /** Every window of these segments, in their order. */
  public static Windows all(List<Segment> segments, int windowLength) {
    Builder windows = new Builder();
    for (int segment = 0; segment < segments.size(); segment++) {
      for (int row = windowLength - 1; row < segments.get(segment).records(); row++) {
        windows.add(segment, row);
      }
    }
    return windows.build();
  }

  public int size() {
    return segments.length;
  }

  public int segment(int window) {
    return segments[window];
  }

  public int row(int window) {
    return rows[window];
  }

  /** The windows whose index passes, in the same order. */
  public Windows keep(IntPredicate condition) {
    Builder kept = new Builder();
    for (int window = 0; window < size(); window++) {
      if (condition.test(window)) {
        kept.add(segments[window], rows[window]);
      }
    }
    return kept.build();
  }

  /**
   * The windows that come right before these and are none of them, in the same order.
   *
   * @param most records before each of these, in its segment
   */
  public Windows before(int most, int windowLength) {
    Builder before = new Builder();
    int told = -1; // the last row of the segment that is one of these or was told
    for (int window = 0; window < size(); window++) {
      boolean sameSegment = window > 0 && segments[window] == segments[window - 1];
      told = sameSegment ? told : -1;
      int first = Math.max(windowLength - 1, Math.max(told + 1, rows[window] - most));
      for (int row = first; row < rows[window]; row++) {
        before.add(segments[window], row);
      }
      told = rows[window];
    }
    return before.build();
  }

  /** At most so many windows, evenly spread. */
  public Windows thin(int most) {
    if (size() <= most) {
      return this;
    }
    Builder kept = new Builder();
    for (int i = 0; i < most; i++) {
      int window = (int) ((long) i * size() / most);
      kept.add(segments[window], rows[window]);
    }
    return kept.build();
  }

  /** Collects windows in their order. */
  public static final class Builder {
    private int[] segments = new int[64];
    private int[] rows = new int[64];
    private int size;

    public void add(int segment, int row) {
      if (size == segments.length) {
        segments = Arrays.copyOf(segments, 2 * size);
        rows = Arrays.copyOf(rows, 2 * size);
      }
      segments[size] = segment;
      rows[size] = row;
      size++;
    }

    public Windows build() {
      return new Windows(Arrays.copyOf(segments, size), Arrays.copyOf(rows, size));
    }
  }
}
