package io.nelbo.jobs.stream;

import org.jspecify.annotations.Nullable;

/**
 * What the source makes of one Kafka record: an observation, or a reason why there is none. Flat
 * and public so that Flink serialises it without Kryo.
 *
 * @param series the keyed stream it belongs to; empty when rejected
 * @param eventTimeMillis when it was measured; {@link Long#MIN_VALUE} when rejected, so that it
 *     moves no watermark
 * @param features raw values, NaN where not observed; empty when rejected
 * @param label 1 anomalous, 0 normal, -1 unknown
 * @param topic where it lay
 * @param partition where it lay
 * @param offset where it lay
 * @param kafkaTimeMillis the Kafka timestamp
 * @param reason reason code of a dead letter; empty when well-formed
 * @param message the thing, the value and the rule; empty when well-formed
 * @param key original key of a rejected record, or of any when late ones become dead letters
 * @param value original value, likewise
 */
@SuppressWarnings("ArrayRecordComponent") // a stream element: serialised, never compared
public record Decoded(
    String series,
    long eventTimeMillis,
    float[] features,
    int label,
    String topic,
    int partition,
    long offset,
    long kafkaTimeMillis,
    String reason,
    String message,
    byte @Nullable [] key,
    byte @Nullable [] value) {
  private static final float[] NONE = new float[0];

  public static Decoded observation(
      String series,
      long eventTimeMillis,
      float[] features,
      int label,
      String topic,
      int partition,
      long offset,
      long kafkaTimeMillis,
      byte @Nullable [] key,
      byte @Nullable [] value) {
    return new Decoded(
        series,
        eventTimeMillis,
        features,
        label,
        topic,
        partition,
        offset,
        kafkaTimeMillis,
        "",
        "",
        key,
        value);
  }

  public static Decoded rejected(
      String reason,
      String message,
      String topic,
      int partition,
      long offset,
      long kafkaTimeMillis,
      byte @Nullable [] key,
      byte @Nullable [] value) {
    return new Decoded(
        "",
        Long.MIN_VALUE,
        NONE,
        -1,
        topic,
        partition,
        offset,
        kafkaTimeMillis,
        reason,
        message,
        key,
        value);
  }

  public boolean isRejected() {
    return !reason.isEmpty();
  }

  public Observed observed() {
    return new Observed(
        series, eventTimeMillis, features, label, partition, offset, kafkaTimeMillis, key, value);
  }

  public Rejected asRejected() {
    return new Rejected(
        reason, message, topic, partition, offset, kafkaTimeMillis, eventTimeMillis, key, value);
  }
}
