package io.nelbo.model.learn;

import io.nelbo.model.record.Segment;
import io.nelbo.model.train.TrainingSpan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A span parted in time: what a candidate is made of, and the newest block, which is for the gate
 * alone. Pure.
 *
 * @param older fit, stop and calibrate
 * @param newest seen by neither; a window's length after the border belongs to neither part
 */
public record NewestBlock(TrainingSpan older, TrainingSpan newest) {
  private static final double SHARE = 0.15;

  /** Parts a span that holds at least one record. */
  public static NewestBlock of(TrainingSpan span, int windowLength) {
    long[] times =
        span.segments().stream()
            .flatMapToLong(segment -> Arrays.stream(segment.eventTimeMillis()))
            .sorted()
            .toArray();
    long border = times[(int) Math.floor((1 - SHARE) * (times.length - 1))] + 1;
    List<Segment> older = new ArrayList<>();
    List<Segment> newest = new ArrayList<>();
    for (Segment segment : span.segments()) {
      int cut = before(segment, border);
      if (cut > 0) {
        older.add(SpanFilter.part(segment, 0, cut));
      }
      int from = cut == 0 ? 0 : cut + windowLength;
      if (from < segment.records()) {
        newest.add(SpanFilter.part(segment, from, segment.records()));
      }
    }
    return new NewestBlock(
        new TrainingSpan(span.shape(), older, span.startMillis(), border),
        new TrainingSpan(span.shape(), newest, border, span.endMillis()));
  }

  private static int before(Segment segment, long border) {
    int found = Arrays.binarySearch(segment.eventTimeMillis(), border);
    return found >= 0 ? found : -found - 1;
  }
}
