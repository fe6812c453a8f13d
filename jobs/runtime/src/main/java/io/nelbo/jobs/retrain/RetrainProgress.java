package io.nelbo.jobs.retrain;

import io.nelbo.model.learn.Slides;

/**
 * How far the job has come, as it lies in state. Flat and public so that Flink serialises it
 * without Kryo.
 *
 * @param newestMillis highest event time seen
 * @param watermarkMillis no record at or before it is still to come
 * @param decidedBucket the last slide that was decided about; MIN_VALUE for none
 * @param firstFromMillis the first model is made of records from this event time on; MAX_VALUE when
 *     a candidate for it waits for a person
 * @param changedBucket the last bucket in which most series had changed; MIN_VALUE for none
 * @param slideMillis event time of one bucket; 0 in a state of before it was kept
 */
public record RetrainProgress(
    long newestMillis,
    long watermarkMillis,
    long decidedBucket,
    long firstFromMillis,
    long changedBucket,
    long slideMillis) {
  public static final RetrainProgress NONE =
      new RetrainProgress(
          Long.MIN_VALUE, Long.MIN_VALUE, Long.MIN_VALUE, Long.MIN_VALUE, Long.MIN_VALUE, 0);

  /**
   * The same in slides of another length. Decided is what ends no later than what was; a change
   * lies in the bucket that it was last seen in. A state that does not know the length of its
   * slides is taken for one of these.
   */
  public RetrainProgress in(Slides slides) {
    if (slideMillis == 0 || slideMillis == slides.slideMillis()) {
      return new RetrainProgress(
          newestMillis,
          watermarkMillis,
          decidedBucket,
          firstFromMillis,
          changedBucket,
          slides.slideMillis());
    }
    return new RetrainProgress(
        newestMillis,
        watermarkMillis,
        decidedBucket == Long.MIN_VALUE
            ? Long.MIN_VALUE
            : slides.bucketOf((decidedBucket + 1) * slideMillis) - 1,
        firstFromMillis,
        changedBucket == Long.MIN_VALUE
            ? Long.MIN_VALUE
            : slides.bucketOf((changedBucket + 1) * slideMillis - 1),
        slides.slideMillis());
  }
}
