package io.nelbo.jobs.stream;

import org.jspecify.annotations.Nullable;

/**
 * A record on its way to the dead letters, its bytes untouched.
 *
 * @param reason a code to count and to filter by
 * @param message the thing, the value and the rule; never the payload
 * @param topic where it lay
 * @param partition where it lay
 * @param offset where it lay
 * @param kafkaTimeMillis the Kafka timestamp
 * @param eventTimeMillis when it was measured; {@link Long#MIN_VALUE} when that could not be read
 * @param key original key bytes
 * @param value original value bytes
 */
@SuppressWarnings("ArrayRecordComponent") // a stream element: serialised, never compared
public record Rejected(
    String reason,
    String message,
    String topic,
    int partition,
    long offset,
    long kafkaTimeMillis,
    long eventTimeMillis,
    byte @Nullable [] key,
    byte @Nullable [] value) {}
