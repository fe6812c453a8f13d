package io.nelbo.model.learn;

import static io.nelbo.model.Preconditions.requireArgument;

import java.io.Serializable;

/**
 * Event time cut into buckets of one slide each, counted from the epoch; a training span is the
 * union of the last few. Pure arithmetic.
 *
 * @param slideMillis event time of one bucket
 * @param bucketsPerSpan how many make a span, at least one; a span that is no multiple of the slide
 *     reaches back to the start of its first bucket
 */
public record Slides(long slideMillis, int bucketsPerSpan) implements Serializable {
  public Slides {
    requireArgument(slideMillis > 0, "slideMillis must be positive, got %s", slideMillis);
    requireArgument(bucketsPerSpan > 0, "bucketsPerSpan must be positive, got %s", bucketsPerSpan);
  }

  /** The bucket that the event time falls into. */
  public long bucketOf(long timeMillis) {
    return Math.floorDiv(timeMillis, slideMillis);
  }

  /** Which quarter of its bucket the event time falls into, 0 to 3. */
  public int quarterOf(long timeMillis) {
    return (int) (4 * Math.floorMod(timeMillis, slideMillis) / slideMillis);
  }

  /** First event time after the bucket. */
  public long endOf(long bucket) {
    return (bucket + 1) * slideMillis;
  }

  /** The oldest bucket of the span that ends with this one. */
  public long firstOfSpan(long lastBucket) {
    return lastBucket - bucketsPerSpan + 1;
  }

  /** First event time of the span that ends with this bucket. */
  public long spanStart(long lastBucket) {
    return firstOfSpan(lastBucket) * slideMillis;
  }

  /**
   * The first bucket that may still receive records.
   *
   * @param watermarkMillis no record at or before this event time is still to come
   */
  public long firstOpen(long watermarkMillis) {
    return watermarkMillis == Long.MAX_VALUE
        ? bucketOf(watermarkMillis)
        : bucketOf(watermarkMillis + 1);
  }
}
