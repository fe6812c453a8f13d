package io.nelbo.model.train;

import io.nelbo.model.record.RecordColumns;
import io.nelbo.model.record.RecordShape;
import io.nelbo.model.record.Segment;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * A span's segments by series and time: what a training depends on, whatever order they came in.
 */
final class SortedSpan {
  private final RecordShape shape;
  private final List<Segment> segments;

  SortedSpan(TrainingSpan span) {
    shape = span.shape();
    segments =
        span.segments().stream()
            .sorted(
                Comparator.comparing(Segment::series)
                    .thenComparing(segment -> segment.eventTimeMillis()[0])
                    .thenComparing(Segment::records)
                    .thenComparing(SortedSpan::hash))
            .toList();
  }

  List<Segment> segments() {
    return segments;
  }

  /** Values of a record that are judged; what else it holds is context. */
  int features() {
    return shape.featureCount();
  }

  /** SHA-256 in lower-case hex over names, series, times and values; every NaN is the same NaN. */
  String digest() {
    Digest digest = new Digest();
    if (shape instanceof RecordColumns columns) {
      columns.features().forEach(digest::text);
      if (!columns.contextNames().isEmpty()) {
        digest.text("context"); // a feature is not the same as context of its name
        columns.contextNames().forEach(digest::text);
      }
    } else {
      digest.text(shape.inWords());
    }
    for (Segment segment : segments) {
      int bytes = segment.records() * Long.BYTES + segment.values().length * Float.BYTES;
      ByteBuffer buffer = ByteBuffer.allocate(Integer.BYTES + bytes);
      buffer.putInt(segment.records());
      for (long time : segment.eventTimeMillis()) {
        buffer.putLong(time);
      }
      for (float value : segment.values()) {
        buffer.putInt(Float.floatToIntBits(value));
      }
      digest.text(segment.series()).bytes(buffer.array());
    }
    return digest.hex();
  }

  private static int hash(Segment segment) {
    return Arrays.hashCode(segment.values());
  }
}
