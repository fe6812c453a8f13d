package io.nelbo.model.learn;

import io.nelbo.model.record.Segment;
import io.nelbo.model.train.TrainingSpan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Takes records out of a span; windows do not reach across the holes. Pure. */
public final class SpanFilter {
  /** Tells records apart. */
  @FunctionalInterface
  public interface Records {
    boolean contains(String series, long eventTimeMillis);
  }

  private SpanFilter() {}

  /** The span without the unwanted records. */
  public static TrainingSpan without(TrainingSpan span, Records unwanted) {
    List<Segment> kept = new ArrayList<>();
    for (Segment segment : span.segments()) {
      int start = 0;
      for (int row = 0; row <= segment.records(); row++) {
        boolean ends =
            row == segment.records()
                || unwanted.contains(segment.series(), segment.eventTimeMillis()[row]);
        if (ends && row > start) {
          kept.add(part(segment, start, row));
        }
        if (ends) {
          start = row + 1;
        }
      }
    }
    return new TrainingSpan(span.shape(), kept, span.startMillis(), span.endMillis());
  }

  /** The records {@code from} to {@code until}, exclusive. */
  static Segment part(Segment segment, int from, int until) {
    if (from == 0 && until == segment.records()) {
      return segment;
    }
    int features = segment.columns();
    return new Segment(
        segment.series(),
        Arrays.copyOfRange(segment.eventTimeMillis(), from, until),
        Arrays.copyOfRange(segment.values(), from * features, until * features));
  }
}
