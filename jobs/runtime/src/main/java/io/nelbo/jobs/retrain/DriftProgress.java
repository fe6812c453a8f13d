package io.nelbo.jobs.retrain;

/**
 * What the watch for drift has seen, and what it waits for, as it lies in state. Flat and public so
 * that Flink serialises it without Kryo.
 *
 * @param sum of {@link PageHinkley}
 * @param least of it
 * @param over of it
 * @param quietUntilMillis drift before this event time is not spoken of
 * @param watchedMillis end of the newest piece that was watched
 * @param lookedAtMillis end of the piece that is being looked at; MIN_VALUE for none
 * @param orderedMillis end of the span that is trained on for drift; MIN_VALUE for none
 */
public record DriftProgress(
    double sum,
    double least,
    int over,
    long quietUntilMillis,
    long watchedMillis,
    long lookedAtMillis,
    long orderedMillis) {
  /** Nothing seen yet, and nothing to be said of before this event time. */
  static DriftProgress from(long millis) {
    return new DriftProgress(0, 0, 0, millis, millis, Long.MIN_VALUE, Long.MIN_VALUE);
  }
}
