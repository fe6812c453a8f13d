package io.nelbo.jobs.retrain;

/**
 * Where a series stands, as it lies in state. Flat and public so that Flink serialises it without
 * Kryo.
 *
 * @param series the keyed stream
 * @param nextOrdinal running number of its next record
 * @param lastMillis event time of its newest record
 * @param open whether records are being added to a segment
 * @param dropped whether that segment has been dropped from the sample meanwhile
 * @param bucket of the open segment
 * @param firstOrdinal of the open segment
 * @param startMillis of the open segment
 * @param eventTimeMillis of the open segment's records; empty when there are none
 * @param values of the open segment's records
 */
@SuppressWarnings("ArrayRecordComponent") // in state: serialised, never compared
public record SeriesCursor(
    String series,
    long nextOrdinal,
    long lastMillis,
    boolean open,
    boolean dropped,
    long bucket,
    long firstOrdinal,
    long startMillis,
    long[] eventTimeMillis,
    float[] values) {
  /** The open segment with the records that it has. */
  public SampledSegment segment() {
    return new SampledSegment(bucket, series, firstOrdinal, eventTimeMillis, values);
  }
}
