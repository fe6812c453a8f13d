package io.nelbo.jobs.decode;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.nelbo.jobs.config.NelboConfig;
import io.nelbo.schemas.DeadLetterReason;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Feeds one decoder and judges what comes out. */
final class DecoderAssertions {
  static final List<String> NAMES = List.of("pressure", "flow", "vibration");
  static final Instant TIME = Instant.parse("2026-01-02T03:04:05.678Z");
  static final long KAFKA_TIME = TIME.toEpochMilli() + 10;

  private final RecordDecoder decoder;
  private final DecodedRecord record = new DecodedRecord();

  DecoderAssertions(NelboConfig config) {
    decoder = RecordDecoder.of(config);
  }

  DecodedRecord accepted(byte @Nullable [] key, byte[] value) {
    return accepted(key, value, KAFKA_TIME);
  }

  DecodedRecord accepted(byte @Nullable [] key, byte[] value, long kafkaTime) {
    boolean good = decoder.decode(key, value, kafkaTime, record);

    assertThat(good).as(record.message()).isTrue();
    return record;
  }

  DecodedRecord accepted(String value) {
    return accepted(null, value.getBytes(UTF_8));
  }

  void refused(byte @Nullable [] value, DeadLetterReason reason, String message) {
    refused(null, value, KAFKA_TIME, reason, message);
  }

  void refused(String value, DeadLetterReason reason, String message) {
    refused(value.getBytes(UTF_8), reason, message);
  }

  void refused(
      byte @Nullable [] key,
      byte @Nullable [] value,
      long kafkaTime,
      DeadLetterReason reason,
      String message) {
    boolean good = decoder.decode(key, value, kafkaTime, record);

    assertThat(good).isFalse();
    assertThat(List.of(record.reason(), record.message())).isEqualTo(List.of(reason, message));
  }

  /** Whatever the bytes: true, or false with a reason. */
  boolean survives(byte @Nullable [] key, byte[] value) {
    boolean good = decoder.decode(key, value, KAFKA_TIME, record);

    if (!good) {
      assertThat(record.reason()).isNotEqualTo(DeadLetterReason.UNKNOWN);
      assertThat(record.message()).isNotBlank().hasSizeLessThan(300);
    }
    return good;
  }
}
