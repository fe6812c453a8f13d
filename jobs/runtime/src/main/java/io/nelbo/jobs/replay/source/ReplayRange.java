package io.nelbo.jobs.replay.source;

import io.nelbo.jobs.config.NelboConfig;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * Which records a replay speaks of. What comes before is the lead-in, what comes after still
 * decides what is late and how an episode goes on: both are scored, and nothing of them is emitted.
 *
 * @param fromMillis first event time, inclusive
 * @param toMillis last event time, exclusive
 * @param fromOffsets by partition, inclusive; a partition that is not named begins at its first
 * @param toOffsets by partition, exclusive; a partition that is not named ends with its last
 */
public record ReplayRange(
    long fromMillis, long toMillis, Map<Integer, Long> fromOffsets, Map<Integer, Long> toOffsets)
    implements Serializable {
  public ReplayRange {
    if (fromMillis >= toMillis) {
      throw new IllegalArgumentException(
          "--from (%s) must be before --to (%s)"
              .formatted(Instant.ofEpochMilli(fromMillis), Instant.ofEpochMilli(toMillis)));
    }
    fromOffsets = Map.copyOf(fromOffsets);
    toOffsets = Map.copyOf(toOffsets);
  }

  /** Event times; whatever is absent is open. */
  public static ReplayRange between(Optional<Instant> from, Optional<Instant> to) {
    return new ReplayRange(
        from.map(Instant::toEpochMilli).orElse(Long.MIN_VALUE),
        to.map(Instant::toEpochMilli).orElse(Long.MAX_VALUE),
        Map.of(),
        Map.of());
  }

  /** The same, from no earlier than this event time. */
  public ReplayRange notBefore(long millis) {
    return new ReplayRange(Math.max(fromMillis, millis), toMillis, fromOffsets, toOffsets);
  }

  /** The event time at which it ends; empty when it does not. */
  public Optional<Instant> end() {
    return toMillis == Long.MAX_VALUE
        ? Optional.empty()
        : Optional.of(Instant.ofEpochMilli(toMillis));
  }

  /** Whether the replay speaks of this record. */
  public boolean contains(long eventTimeMillis, int partition, long offset) {
    return eventTimeMillis >= fromMillis
        && eventTimeMillis < toMillis
        && offset >= fromOffsets.getOrDefault(partition, Long.MIN_VALUE)
        && offset < toOffsets.getOrDefault(partition, Long.MAX_VALUE);
  }

  /**
   * How much event time before the start decides what is said after it: whole windows at their
   * longest, of all records that are smoothed over, a waiting record, and the gap that parts
   * episodes. Of an episode that began earlier still, the beginning is not known.
   */
  public static Duration leadIn(NelboConfig config) {
    return config
        .series()
        .maxGap()
        .multipliedBy(config.window().length() - 1L + config.alert().memory() - 1L)
        .plus(config.order().bound())
        .plus(config.alert().episodeGap());
  }
}
