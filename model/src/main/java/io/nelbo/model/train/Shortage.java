package io.nelbo.model.train;

import io.nelbo.model.fit.Windows;
import io.nelbo.model.record.Segment;
import java.util.List;
import java.util.Locale;

/** Says why a span gives too few windows, and what would give more of them. */
final class Shortage {
  private final List<Segment> segments;
  private final int features;
  private final int windowLength;

  Shortage(SortedSpan sorted, int windowLength) {
    segments = sorted.segments();
    features = sorted.features();
    this.windowLength = windowLength;
  }

  /**
   * @param left windows that are left
   * @param role for this
   * @param least so many are needed
   */
  String message(int left, BlockSplit.Role role, int least) {
    long records = segments.stream().mapToLong(Segment::records).sum();
    long series = segments.stream().map(Segment::series).distinct().count();
    Windows all = Windows.all(segments, windowLength);
    Windows observed =
        all.keep(window -> observedShare(all, window) >= HeldOutCalibration.LEAST_OBSERVED);
    return String.format(
        "%s records in %s segments leave %s windows of %s to %s, at least %s are needed: %s",
        records,
        segments.size(),
        left,
        windowLength,
        role.name().toLowerCase(Locale.ROOT),
        least,
        advice(records, series, all.size(), observed.size()));
  }

  private String advice(long records, long series, int whole, int observed) {
    long possible = records - series * (windowLength - 1L);
    if (segments.size() > series && whole < possible / 2) {
      return String.format(
          "at %s places a record follows the one before it in its series after more than the"
              + " largest gap, a new segment begins there, and no window of %s reaches across, so"
              + " that there are %s windows in all; allow a larger gap or shorter windows",
          segments.size() - series, windowLength, whole);
    }
    if (observed < whole / 2) {
      return String.format(
          "of %s windows only %s have a newest record with half of its features observed; leave out"
              + " features that are rarely there, or give records that have them",
          whole, observed);
    }
    return "more records, longer segments or a shorter window";
  }

  private double observedShare(Windows windows, int window) {
    return segments.get(windows.segment(window)).observedShare(windows.row(window), features);
  }
}
