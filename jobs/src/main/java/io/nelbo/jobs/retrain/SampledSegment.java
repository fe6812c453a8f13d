package io.nelbo.jobs.retrain;

/**
 * Consecutive records of one series as they lie in state. Flat and public so that Flink serialises
 * it without Kryo.
 *
 * @param bucket of one slide
 * @param series the keyed stream
 * @param firstOrdinal running number of its first record in the series; a hole in the numbers is a
 *     hole in the records
 * @param eventTimeMillis of each record, ascending
 * @param values raw features, record after record
 */
@SuppressWarnings("ArrayRecordComponent") // in state: serialised, never compared
public record SampledSegment(
    long bucket, String series, long firstOrdinal, long[] eventTimeMillis, float[] values) {
  SegmentKey key() {
    return new SegmentKey(bucket, series, eventTimeMillis[0]);
  }
}
