package io.nelbo.jobs.files;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * Which rows of a recording come too late to be used, by the rule of the score job: not after the
 * time that its series has already released. Counts them and keeps the place of the first.
 */
public final class LateRows {
  private static final class Series {
    private final TreeSet<Long> waiting = new TreeSet<>();
    private long released = Long.MIN_VALUE;
    private long newest = Long.MIN_VALUE;
  }

  private final long boundMillis;
  private final Map<String, Series> series = new HashMap<>();
  private long count;
  private String first = "";

  /**
   * @param bound event time that a row may lag behind the newest of its series
   */
  public LateRows(Duration bound) {
    this.boundMillis = bound.toMillis();
  }

  /** Sees the next row; true if it must not be used. */
  public boolean isLate(String name, long timeMillis, Supplier<String> place) {
    Series state = series.computeIfAbsent(name, none -> new Series());
    if (timeMillis <= state.released || !state.waiting.add(timeMillis)) {
      if (count++ == 0) {
        long before = timeMillis <= state.released ? state.released : timeMillis;
        first =
            "%s, %s after %s"
                .formatted(
                    place.get(), Instant.ofEpochMilli(timeMillis), Instant.ofEpochMilli(before));
      }
      return true;
    }
    state.newest = Math.max(state.newest, timeMillis);
    long until = state.newest - boundMillis;
    while (!state.waiting.isEmpty() && state.waiting.first() <= until) {
      state.released = Math.max(state.released, state.waiting.pollFirst());
    }
    return false;
  }

  public long count() {
    return count;
  }

  /** What is to be said of them, if there are any. */
  public Optional<String> note() {
    return count == 0
        ? Optional.empty()
        : Optional.of(
            "%,d rows are late, not after an earlier row of their series, and neither scored nor trained on; the first is %s"
                .formatted(count, first));
  }
}
