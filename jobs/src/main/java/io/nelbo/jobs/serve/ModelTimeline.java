package io.nelbo.jobs.serve;

import io.nelbo.jobs.stream.ModelNotice;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Which model governs which event time: the {@link Timeline} of activations, blind to every other
 * decision. Not thread-safe.
 */
public final class ModelTimeline {
  private final Timeline<ModelNotice> activations =
      new Timeline<>(ModelNotice::offset, ModelNotice::effectiveFromMillis);

  /**
   * Takes note of an event; idempotent by offset.
   *
   * @return whether it is an activation that was not known yet
   */
  public boolean add(ModelNotice notice) {
    return notice.isActivation() && activations.add(notice);
  }

  /** Knows nothing any more. */
  public void clear() {
    activations.clear();
  }

  /** Leaves an activation out for ever: its artifact was refused. */
  public void refuse(ModelNotice notice) {
    activations.refuse(notice);
  }

  public Optional<ModelNotice> governing(long eventTimeMillis) {
    return activations.governing(eventTimeMillis);
  }

  /** The governing one among those that pass the test: who stands in for a model still loading. */
  public Optional<ModelNotice> governing(long eventTimeMillis, Predicate<ModelNotice> test) {
    return activations.governing(eventTimeMillis, test);
  }

  /** The one that governs the end of event time. */
  public Optional<ModelNotice> newest() {
    return activations.newest();
  }

  /** Whether some event time at or after this one is governed by it. */
  public boolean governsFrom(ModelNotice notice, long eventTimeMillis) {
    return activations.governsFrom(notice, eventTimeMillis);
  }
}
