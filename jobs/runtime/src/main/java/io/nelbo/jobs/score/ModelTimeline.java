package io.nelbo.jobs.score;

import io.nelbo.jobs.stream.ModelNotice;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Which model governs which event time: of all activations with {@code effective_from <= t}, the
 * one with the highest offset. A pure function of the activations seen, whatever their order or
 * number of arrival.
 *
 * <p>Kept as a staircase: an activation hides every one of lower offset from its own {@code
 * effective_from} on, so the governing one is the last step at or before {@code t}. Not
 * thread-safe.
 */
final class ModelTimeline {
  private final TreeMap<Long, ModelNotice> byOffset = new TreeMap<>();
  private final Set<Long> refused = new HashSet<>();
  private final TreeMap<Long, ModelNotice> steps = new TreeMap<>();

  // The step that answered last: records mostly ask for the same one.
  private long cachedFrom = Long.MAX_VALUE;
  private long cachedUntil = Long.MIN_VALUE;
  private @Nullable ModelNotice cached;

  /**
   * Takes note of an event; idempotent by offset, and blind to what is no activation.
   *
   * @return whether it is an activation that was not known yet
   */
  boolean add(ModelNotice notice) {
    if (!notice.isActivation() || byOffset.putIfAbsent(notice.offset(), notice) != null) {
      return false;
    }
    if (byOffset.lastKey() == notice.offset()) {
      place(notice);
    } else {
      rebuild();
    }
    return true;
  }

  /** Knows nothing any more. */
  void clear() {
    byOffset.clear();
    refused.clear();
    rebuild();
    cachedFrom = Long.MAX_VALUE;
    cachedUntil = Long.MIN_VALUE;
  }

  /** Leaves an activation out for ever: its artifact was refused. */
  void refuse(ModelNotice notice) {
    if (refused.add(notice.offset())) {
      rebuild();
    }
  }

  Optional<ModelNotice> governing(long eventTimeMillis) {
    if (eventTimeMillis < cachedFrom || eventTimeMillis >= cachedUntil) {
      find(eventTimeMillis);
    }
    return Optional.ofNullable(cached);
  }

  /** The governing one among those that pass the test: who stands in for a model still loading. */
  Optional<ModelNotice> governing(long eventTimeMillis, Predicate<ModelNotice> test) {
    return byOffset.descendingMap().values().stream()
        .filter(notice -> notice.effectiveFromMillis() <= eventTimeMillis)
        .filter(notice -> !refused.contains(notice.offset()))
        .filter(test)
        .findFirst();
  }

  /** The one that governs the end of event time. */
  Optional<ModelNotice> newest() {
    return Optional.ofNullable(steps.lastEntry()).map(Map.Entry::getValue);
  }

  /** Whether some event time at or after this one is governed by it. */
  boolean governsFrom(ModelNotice notice, long eventTimeMillis) {
    ModelNotice step = steps.get(notice.effectiveFromMillis());
    if (step == null || step.offset() != notice.offset()) {
      return false;
    }
    Long next = steps.higherKey(notice.effectiveFromMillis());
    return next == null || next > eventTimeMillis;
  }

  private void find(long eventTimeMillis) {
    Map.Entry<Long, ModelNotice> step = steps.floorEntry(eventTimeMillis);
    Long next = steps.higherKey(eventTimeMillis);
    cached = step == null ? null : step.getValue();
    cachedFrom = step == null ? Long.MIN_VALUE : step.getKey();
    cachedUntil = next == null ? Long.MAX_VALUE : next;
  }

  private void rebuild() {
    steps.clear();
    byOffset.values().forEach(this::place);
  }

  private void place(ModelNotice notice) {
    cachedFrom = Long.MAX_VALUE;
    cachedUntil = Long.MIN_VALUE;
    if (refused.contains(notice.offset())) {
      return;
    }
    steps.tailMap(notice.effectiveFromMillis(), true).clear();
    steps.put(notice.effectiveFromMillis(), notice);
  }
}
