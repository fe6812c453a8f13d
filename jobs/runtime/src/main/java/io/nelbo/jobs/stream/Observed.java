package io.nelbo.jobs.stream;

import org.jspecify.annotations.Nullable;

/**
 * One well-formed record on its way to the detector. Flat and public so that Flink serialises it
 * without Kryo.
 *
 * @param series the keyed stream it belongs to
 * @param eventTimeMillis when it was measured
 * @param features raw values, NaN where not observed; context behind the features
 * @param label 1 anomalous, 0 normal, -1 unknown
 * @param partition where it lay
 * @param offset where it lay
 * @param kafkaTimeMillis the Kafka timestamp
 * @param key original key bytes; kept only when late records become dead letters
 * @param value original value bytes; kept only when late records become dead letters
 */
@SuppressWarnings("ArrayRecordComponent") // a stream element: serialised, never compared
public record Observed(
    String series,
    long eventTimeMillis,
    float[] features,
    int label,
    int partition,
    long offset,
    long kafkaTimeMillis,
    byte @Nullable [] key,
    byte @Nullable [] value) {}
