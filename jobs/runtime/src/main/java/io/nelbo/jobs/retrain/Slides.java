package io.nelbo.jobs.retrain;

import io.nelbo.jobs.config.RetrainConfig;
import java.io.Serializable;

/**
 * Event time cut into buckets of one slide each, counted from the epoch; a training span is the
 * union of the last few. Pure arithmetic.
 *
 * @param slideMillis event time of one bucket
 * @param bucketsPerSpan how many make a span, at least one; a span that is no multiple of the slide
 *     reaches back to the start of its first bucket
 */
record Slides(long slideMillis, int bucketsPerSpan) implements Serializable {
  static Slides of(RetrainConfig retrain) {
    return new Slides(retrain.every().toMillis(), Math.toIntExact(retrain.slidesPerSpan()));
  }

  /** The bucket that the event time falls into. */
  long bucketOf(long timeMillis) {
    return Math.floorDiv(timeMillis, slideMillis);
  }

  /** Which quarter of its bucket the event time falls into, 0 to 3. */
  int quarterOf(long timeMillis) {
    return (int) (4 * Math.floorMod(timeMillis, slideMillis) / slideMillis);
  }

  /** First event time after the bucket. */
  long endOf(long bucket) {
    return (bucket + 1) * slideMillis;
  }

  /** The oldest bucket of the span that ends with this one. */
  long firstOfSpan(long lastBucket) {
    return lastBucket - bucketsPerSpan + 1;
  }

  /** First event time of the span that ends with this bucket. */
  long spanStart(long lastBucket) {
    return firstOfSpan(lastBucket) * slideMillis;
  }

  /**
   * The first bucket that may still receive records.
   *
   * @param watermarkMillis no record at or before this event time is still to come
   */
  long firstOpen(long watermarkMillis) {
    return watermarkMillis == Long.MAX_VALUE
        ? bucketOf(watermarkMillis)
        : bucketOf(watermarkMillis + 1);
  }
}
