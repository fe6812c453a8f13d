package io.nelbo.jobs.serve;

import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * What is in force at which event time: of all entries with {@code effective_from <= t}, the one
 * with the highest offset. A pure function of the entries seen, whatever their order or number of
 * arrival; so is whatever takes effect by the order of a topic.
 *
 * <p>Hands out the very objects that it was given. Not thread-safe.
 *
 * @param <E> an entry of that topic
 */
public final class Timeline<E> {
  // Kept as a staircase: an entry hides every one of lower offset from its own effective_from on,
  // so the governing one is the last step at or before t.

  private final ToLongFunction<E> offset;
  private final ToLongFunction<E> effectiveFrom;
  private final TreeMap<Long, E> byOffset = new TreeMap<>();
  private final Set<Long> refused = new HashSet<>();
  private final TreeMap<Long, E> steps = new TreeMap<>();

  // The step that answered last: records mostly ask for the same one.
  private long cachedFrom = Long.MAX_VALUE;
  private long cachedUntil = Long.MIN_VALUE;
  private @Nullable E cached;

  /**
   * An empty one.
   *
   * @param offset of an entry in its topic
   * @param effectiveFrom first event time, in epoch milliseconds, at which an entry counts
   */
  public Timeline(ToLongFunction<E> offset, ToLongFunction<E> effectiveFrom) {
    this.offset = offset;
    this.effectiveFrom = effectiveFrom;
  }

  /**
   * Takes note of an entry; idempotent by offset.
   *
   * @return whether it was not known yet
   */
  public boolean add(E entry) {
    long at = offset.applyAsLong(entry);
    if (byOffset.putIfAbsent(at, entry) != null) {
      return false;
    }
    if (byOffset.lastKey() == at) {
      place(entry);
    } else {
      rebuild();
    }
    return true;
  }

  /** Knows nothing any more. */
  public void clear() {
    byOffset.clear();
    refused.clear();
    rebuild();
    forgetAnswer();
  }

  /** Leaves an entry out for ever: it is good for nothing. */
  public void refuse(E entry) {
    if (refused.add(offset.applyAsLong(entry))) {
      rebuild();
    }
  }

  /** The one in force at this event time. */
  public Optional<E> governing(long eventTimeMillis) {
    if (eventTimeMillis < cachedFrom || eventTimeMillis >= cachedUntil) {
      find(eventTimeMillis);
    }
    return Optional.ofNullable(cached);
  }

  /** The governing one among those that pass the test: who stands in for another. */
  public Optional<E> governing(long eventTimeMillis, Predicate<E> test) {
    return byOffset.descendingMap().entrySet().stream()
        .filter(known -> effectiveFrom.applyAsLong(known.getValue()) <= eventTimeMillis)
        .filter(known -> !refused.contains(known.getKey()))
        .map(Map.Entry::getValue)
        .filter(test)
        .findFirst();
  }

  /** The one that governs the end of event time. */
  public Optional<E> newest() {
    return Optional.ofNullable(steps.lastEntry()).map(Map.Entry::getValue);
  }

  /** Whether some event time at or after this one is governed by it. */
  public boolean governsFrom(E entry, long eventTimeMillis) {
    long from = effectiveFrom.applyAsLong(entry);
    E step = steps.get(from);
    if (step == null || offset.applyAsLong(step) != offset.applyAsLong(entry)) {
      return false;
    }
    Long next = steps.higherKey(from);
    return next == null || next > eventTimeMillis;
  }

  private void find(long eventTimeMillis) {
    Map.Entry<Long, E> step = steps.floorEntry(eventTimeMillis);
    Long next = steps.higherKey(eventTimeMillis);
    cached = step == null ? null : step.getValue();
    cachedFrom = step == null ? Long.MIN_VALUE : step.getKey();
    cachedUntil = next == null ? Long.MAX_VALUE : next;
  }

  private void rebuild() {
    steps.clear();
    byOffset.values().forEach(this::place);
  }

  private void place(E entry) {
    forgetAnswer();
    if (refused.contains(offset.applyAsLong(entry))) {
      return;
    }
    long from = effectiveFrom.applyAsLong(entry);
    steps.tailMap(from, true).clear();
    steps.put(from, entry);
  }

  private void forgetAnswer() {
    cachedFrom = Long.MAX_VALUE;
    cachedUntil = Long.MIN_VALUE;
  }
}
