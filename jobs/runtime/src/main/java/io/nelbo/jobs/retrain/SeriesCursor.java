package io.nelbo.jobs.retrain;

/**
 * Where a series stands, as it lies in state. Savepoints of running jobs know the name of this
 * class and its fields: another one of either is another state.
 *
 * <p>Public fields: Flink keeps it as a POJO.
 */
public final class SeriesCursor {
  /** The keyed stream. */
  public String series = "";

  /** Running number of its next record. */
  public long nextOrdinal;

  /** Event time of its newest record. */
  public long lastMillis;

  /** Whether records are being added to a segment. */
  public boolean open;

  /** Whether that segment has been dropped from the sample meanwhile. */
  public boolean dropped;

  /** Of the open segment, like all that follows. */
  public long bucket;

  /** Running number of its first record. */
  public long firstOrdinal;

  /** Event time of its first record. */
  public long startMillis;

  /** Event times of its records; empty when there are none. */
  public long[] eventTimeMillis = {};

  /** Values of its records. */
  public float[] values = {};

  /** The open segment with the records that it has. */
  public SampledSegment segment() {
    return new SampledSegment(bucket, series, firstOrdinal, eventTimeMillis, values);
  }
}
