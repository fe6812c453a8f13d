package io.nelbo.jobs.retrain;

import io.nelbo.model.learn.DriftState;
import io.nelbo.model.learn.PageHinkley;

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
  public static DriftProgress of(DriftState state) {
    return new DriftProgress(
        state.test().sum(),
        state.test().least(),
        state.test().over(),
        state.quietUntilMillis(),
        state.watchedMillis(),
        state.lookedAtMillis(),
        state.orderedMillis());
  }

  public DriftState state() {
    return new DriftState(
        new PageHinkley(sum, least, over),
        quietUntilMillis,
        watchedMillis,
        lookedAtMillis,
        orderedMillis);
  }
}
