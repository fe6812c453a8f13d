package io.nelbo.model.learn;

/**
 * What the watch for drift has seen, and what it waits for.
 *
 * @param test of the share of rare p-values
 * @param quietUntilMillis drift before this event time is not spoken of
 * @param watchedMillis end of the newest piece that was watched
 * @param lookedAtMillis end of the piece that is being looked at; MIN_VALUE for none
 * @param orderedMillis end of the span that is trained on for drift; MIN_VALUE for none
 */
public record DriftState(
    PageHinkley test,
    long quietUntilMillis,
    long watchedMillis,
    long lookedAtMillis,
    long orderedMillis) {
  /** Nothing seen yet, and nothing to be said of before this event time. */
  public static DriftState from(long millis) {
    return new DriftState(PageHinkley.START, millis, millis, Long.MIN_VALUE, Long.MIN_VALUE);
  }
}
