package io.nelbo.jobs.demo.judge;

import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;

/** When the records of each series alarmed: no event tells how long an episode went on. */
final class AlarmTimes {
  private static final NavigableSet<Instant> NEVER = Collections.emptyNavigableSet();

  private final Map<String, NavigableSet<Instant>> times = new HashMap<>();

  void add(String series, Instant time) {
    times.computeIfAbsent(series, name -> new TreeSet<>()).add(time);
  }

  /**
   * @param until exclusive; empty for the last of all
   */
  Optional<Instant> last(String series, Optional<Instant> until) {
    NavigableSet<Instant> own = times.getOrDefault(series, NEVER);
    if (until.isPresent()) {
      return Optional.ofNullable(own.lower(until.get()));
    }
    return own.isEmpty() ? Optional.empty() : Optional.of(own.last());
  }
}
