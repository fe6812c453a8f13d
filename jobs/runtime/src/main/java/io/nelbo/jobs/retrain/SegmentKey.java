package io.nelbo.jobs.retrain;

/**
 * Names a sampled segment in state. Flat and public so that Flink serialises it without Kryo.
 *
 * @param bucket of one slide
 * @param series the keyed stream
 * @param startMillis event time of its first record
 */
public record SegmentKey(long bucket, String series, long startMillis) {}
