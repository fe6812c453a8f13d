package io.nelbo.jobs.replay.metrics;

import static io.nelbo.model.Preconditions.requireArgument;

import java.util.ArrayList;
import java.util.List;

/**
 * Consecutive rows of a series.
 *
 * @param first counted from 0, inclusive
 * @param last inclusive
 */
public record RowRange(int first, int last) {
  public RowRange {
    requireArgument(
        first >= 0 && last >= first,
        "rows must satisfy 0 <= first <= last, got %s..%s",
        first,
        last);
  }

  /** The longest runs of {@code true}, in order. */
  public static List<RowRange> runsOf(boolean[] flags) {
    List<RowRange> runs = new ArrayList<>();
    int row = 0;
    while (row < flags.length) {
      int first = row;
      while (row < flags.length && flags[row]) {
        row++;
      }
      if (row > first) {
        runs.add(new RowRange(first, row - 1));
      }
      row++;
    }
    return List.copyOf(runs);
  }

  public int length() {
    return last - first + 1;
  }

  boolean holdsAny(boolean[] flags) {
    for (int row = first; row <= last; row++) {
      if (flags[row]) {
        return true;
      }
    }
    return false;
  }
}
