package io.nelbo.jobs.decode;

import io.nelbo.jobs.config.SourceConfig;
import io.nelbo.jobs.values.TimeText;
import io.nelbo.jobs.values.ValueFormatException;
import io.nelbo.schemas.DeadLetterReason;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Series, time and content type of a message that is an image: from its headers where they are
 * configured, else from its key, its Kafka timestamp and its first bytes.
 */
final class ImageHeaders {
  private static final int LONGEST_CONTENT_TYPE = 256;

  private final SourceConfig.Headers names;
  private final TimeText times;
  private final Utf8Decoder utf8 = new Utf8Decoder();

  ImageHeaders(SourceConfig.Headers names, TimeText times) {
    this.names = names;
    this.times = times;
  }

  /** Fills series and time; false if refused. */
  boolean read(
      byte @Nullable [] key,
      long kafkaTimestampMillis,
      MessageHeaders headers,
      DecodedRecord into) {
    return readSeries(key, headers, into) && readTime(kafkaTimestampMillis, headers, into);
  }

  /** What the message says of its bytes; empty if nothing, null if that is no text. */
  @Nullable String contentType(MessageHeaders headers) {
    if (names.contentTypeHeader().isEmpty()) {
      return "";
    }
    byte[] value = headers.last(names.contentTypeHeader());
    if (value == null) {
      return "";
    }
    return value.length > LONGEST_CONTENT_TYPE ? null : utf8.decode(value);
  }

  /** Of a content type that cannot be read. */
  String unreadableContentType() {
    return "header %s is no content type: it must be text of at most %d bytes, like image/jpeg"
        .formatted(names.contentTypeHeader(), LONGEST_CONTENT_TYPE);
  }

  private boolean readSeries(byte @Nullable [] key, MessageHeaders headers, DecodedRecord into) {
    String name = names.seriesHeader();
    byte[] value = name.isEmpty() ? key : headers.last(name);
    if (value == null && !name.isEmpty()) {
      return into.reject(
          DeadLetterReason.NO_SERIES,
          "header %s (source.series-header) is missing".formatted(name));
    }
    String series = value == null ? "" : utf8.decode(value);
    if (series == null) {
      return into.reject(
          DeadLetterReason.NO_SERIES,
          "series is no UTF-8 text: it is the %s"
              .formatted(name.isEmpty() ? "key of the message" : "header " + name));
    }
    into.setSeries(series);
    return true;
  }

  private boolean readTime(long kafkaTimestampMillis, MessageHeaders headers, DecodedRecord into) {
    String name = names.timeHeader();
    if (!name.isEmpty()) {
      return readTime(name, headers.last(name), into);
    }
    if (kafkaTimestampMillis >= 0) {
      into.setEventTimeMillis(kafkaTimestampMillis);
    } else {
      into.setTimeFault("is missing: the message has no Kafka timestamp");
    }
    return true;
  }

  private boolean readTime(String name, byte @Nullable [] value, DecodedRecord into) {
    if (value == null) {
      return into.reject(
          DeadLetterReason.NO_TIME, "header %s (source.time-header) is missing".formatted(name));
    }
    try {
      String text = isText(value) ? utf8.decode(value) : null;
      if (text != null) {
        into.setEventTimeMillis(times.millis(text));
        into.setTimeFault("is missing: header %s says there is none".formatted(name));
        return true;
      }
      if (value.length == Long.BYTES) {
        into.setEventTimeMillis(ByteBuffer.wrap(value).getLong());
        return true;
      }
    } catch (ValueFormatException unreadable) {
      return into.reject(
          DeadLetterReason.NO_TIME,
          "event time in header %s %s".formatted(name, unreadable.getMessage()));
    }
    return into.reject(
        DeadLetterReason.NO_TIME,
        "event time in header %s has %d bytes that are no text, must be text or 8 bytes of milliseconds"
            .formatted(name, value.length));
  }

  /**
   * Eight bytes may be both, but milliseconds of the years 1900 to 2199 begin with a byte that no
   * text has.
   */
  private static boolean isText(byte[] value) {
    for (byte one : value) {
      if (one >= 0 && one < ' ' && one != '\t' && one != '\n' && one != '\r') {
        return false;
      }
    }
    return true;
  }
}
