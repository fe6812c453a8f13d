package io.nelbo.jobs.retrain;

import io.nelbo.jobs.stream.ModelNotice;

/**
 * A candidate that passed the gate and has to pass it again on records to come, as it lies in
 * state. Flat and public so that Flink serialises it without Kryo.
 *
 * @param notice what would be announced if it were activated now
 * @param afterOffset what the model topic says of it behind this offset was said while it is in
 *     shadow
 * @param fromMillis records from this event time on are new to it
 * @param passed slides that it has passed
 * @param needed slides that it must pass
 */
public record ShadowCandidate(
    ModelNotice notice, long afterOffset, long fromMillis, int passed, int needed) {
  ShadowCandidate passedOnce() {
    return new ShadowCandidate(notice, afterOffset, fromMillis, passed + 1, needed);
  }

  boolean isThrough() {
    return passed >= needed;
  }
}
