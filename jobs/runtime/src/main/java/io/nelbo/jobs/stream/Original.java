package io.nelbo.jobs.stream;

import org.jspecify.annotations.Nullable;

/**
 * The bytes of a record as they came, for a dead letter. Public so that Flink serialises it without
 * Kryo.
 *
 * @param key null where the record has none
 * @param value null where the record has none
 */
@SuppressWarnings("ArrayRecordComponent") // part of a stream element: serialised, never compared
public record Original(byte @Nullable [] key, byte @Nullable [] value) {}
