package io.nelbo.jobs.stream;

import org.jspecify.annotations.Nullable;

/**
 * A record on its way to the dead letters, its bytes untouched.
 *
 * @param reason a code to count and to filter by
 * @param message the thing, the value and the rule; never the payload
 * @param topic where it lay
 * @param place where it lay
 * @param kafkaTimeMillis the Kafka timestamp
 * @param eventTimeMillis when it was measured; {@link Long#MIN_VALUE} when that could not be read
 * @param original its bytes
 */
public record Rejected(
    String reason,
    String message,
    String topic,
    Place place,
    long kafkaTimeMillis,
    long eventTimeMillis,
    Original original) {
  public int partition() {
    return place.partition();
  }

  public long offset() {
    return place.offset();
  }

  /** Original key bytes. */
  public byte @Nullable [] key() {
    return original.key();
  }

  /** Original value bytes. */
  public byte @Nullable [] value() {
    return original.value();
  }
}
