package io.nelbo.jobs.retrain.sample;

import io.nelbo.jobs.retrain.SampledSegment;
import io.nelbo.jobs.retrain.SegmentKey;
import io.nelbo.model.record.Segment;
import java.util.Arrays;

/** A segment that consecutive records of one series are still added to. Mutable. */
public final class GrowingSegment {
  private static final int FIRST_CAPACITY = 16;

  private final long bucket;
  private final String series;
  private final long firstOrdinal;
  private final long hash;
  private final long startMillis;
  private final int features;
  private final boolean sharesTimes;
  private long[] times;
  private float[] values;
  private int records;
  private boolean dropped;

  GrowingSegment(
      long bucket, String series, long firstOrdinal, long startMillis, SampleShape shape) {
    this.bucket = bucket;
    this.series = series;
    this.firstOrdinal = firstOrdinal;
    this.startMillis = startMillis;
    features = shape.columns();
    sharesTimes = shape.sharesTimes();
    hash = hash(shape.seed(), series, startMillis);
    times = new long[FIRST_CAPACITY];
    values = new float[FIRST_CAPACITY * features];
  }

  /** With the records that it had; none mean that the sample had no room for it. */
  GrowingSegment with(long[] eventTimeMillis, float[] rows) {
    times = eventTimeMillis;
    values = rows;
    records = eventTimeMillis.length;
    return this;
  }

  /** Which segments are kept is chance, but the same chance every time (splitmix64's mixer). */
  private static long hash(long seed, String series, long startMillis) {
    long mixed = seed;
    for (int i = 0; i < series.length(); i++) {
      mixed = mix(mixed ^ series.charAt(i));
    }
    return mix(mixed ^ startMillis);
  }

  private static long mix(long value) {
    long z = value + 0x9e3779b97f4a7c15L;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }

  /**
   * Adds a record in its place by time.
   *
   * @return false when a record of this time is there and none is shared, or it is older than the
   *     segment
   */
  boolean add(long timeMillis, float[] features) {
    int place = records;
    while (place > 0 && times[place - 1] > timeMillis) {
      place--;
    }
    boolean repeats = place > 0 && times[place - 1] == timeMillis && !sharesTimes;
    if (timeMillis < startMillis || repeats) {
      return false;
    }
    if (records == times.length) {
      times = Arrays.copyOf(times, 2 * records);
      values = Arrays.copyOf(values, 2 * records * this.features);
    }
    System.arraycopy(times, place, times, place + 1, records - place);
    System.arraycopy(
        values,
        place * this.features,
        values,
        (place + 1) * this.features,
        (records - place) * this.features);
    times[place] = timeMillis;
    System.arraycopy(features, 0, values, place * this.features, this.features);
    records++;
    return true;
  }

  SampledSegment sampled() {
    return new SampledSegment(
        bucket,
        series,
        firstOrdinal,
        Arrays.copyOf(times, records),
        Arrays.copyOf(values, records * features));
  }

  /** Its records of {@code from} to {@code until}, exclusive, as numbers within the segment. */
  Segment records(int from, int until) {
    return new Segment(
        series,
        Arrays.copyOfRange(times, from, until),
        Arrays.copyOfRange(values, from * features, until * features));
  }

  long bucket() {
    return bucket;
  }

  String series() {
    return series;
  }

  long hash() {
    return hash;
  }

  long startMillis() {
    return startMillis;
  }

  long firstOrdinal() {
    return firstOrdinal;
  }

  int size() {
    return records;
  }

  long timeMillis(int record) {
    return times[record];
  }

  long lastMillis() {
    return times[records - 1];
  }

  boolean isDropped() {
    return dropped;
  }

  /** The sample has no room for it; its array is let go of. */
  void drop() {
    dropped = true;
    times = new long[] {startMillis};
    values = new float[features];
    records = 0;
  }

  SegmentKey key() {
    return new SegmentKey(bucket, series, startMillis);
  }
}
