package io.nelbo.model.train;

import io.nelbo.model.window.RecordColumns;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;

/**
 * A span's segments by series and time: what a training depends on, whatever order they came in.
 */
final class SortedSpan {
  private final RecordColumns columns;
  private final List<Segment> segments;

  SortedSpan(TrainingSpan span) {
    columns = span.columns();
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

  RecordColumns columns() {
    return columns;
  }

  /** SHA-256 in lower-case hex over names, series, times and values; every NaN is the same NaN. */
  String digest() {
    MessageDigest sha256 = sha256();
    columns.features().forEach(name -> update(sha256, name));
    if (!columns.contextNames().isEmpty()) {
      update(sha256, "context"); // a feature is not the same as context of its name
      columns.contextNames().forEach(name -> update(sha256, name));
    }
    for (Segment segment : segments) {
      update(sha256, segment.series());
      int bytes = segment.records() * Long.BYTES + segment.values().length * Float.BYTES;
      ByteBuffer buffer = ByteBuffer.allocate(Integer.BYTES + bytes);
      buffer.putInt(segment.records());
      for (long time : segment.eventTimeMillis()) {
        buffer.putLong(time);
      }
      for (float value : segment.values()) {
        buffer.putInt(Float.floatToIntBits(value));
      }
      sha256.update(buffer.array());
    }
    return HexFormat.of().formatHex(sha256.digest());
  }

  private static int hash(Segment segment) {
    return Arrays.hashCode(segment.values());
  }

  private static void update(MessageDigest digest, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
    digest.update(bytes);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
