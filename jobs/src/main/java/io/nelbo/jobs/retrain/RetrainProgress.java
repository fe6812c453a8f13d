package io.nelbo.jobs.retrain;

/**
 * How far the job has come, as it lies in state. Flat and public so that Flink serialises it
 * without Kryo.
 *
 * @param newestMillis highest event time seen
 * @param watermarkMillis no record at or before it is still to come
 * @param decidedBucket the last slide that was decided about; MIN_VALUE for none
 * @param firstFromMillis the first model is made of records from this event time on
 * @param changedBucket the last bucket in which most series had changed; MIN_VALUE for none
 */
public record RetrainProgress(
    long newestMillis,
    long watermarkMillis,
    long decidedBucket,
    long firstFromMillis,
    long changedBucket) {
  static final RetrainProgress NONE =
      new RetrainProgress(
          Long.MIN_VALUE, Long.MIN_VALUE, Long.MIN_VALUE, Long.MIN_VALUE, Long.MIN_VALUE);
}
