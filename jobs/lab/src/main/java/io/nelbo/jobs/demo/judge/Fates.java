package io.nelbo.jobs.demo.judge;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What became of records, each counted once.
 *
 * @param scored with a score
 * @param unscoredBy passed without one, by reason
 * @param late after a later one of their series
 * @param deadLettersBy refused for other reasons, by reason
 * @param overdue of the scored, by an incumbent because its successor had not loaded in time
 */
public record Fates(
    long scored,
    Map<String, Long> unscoredBy,
    long late,
    Map<String, Long> deadLettersBy,
    long overdue) {
  public Fates {
    unscoredBy = sorted(unscoredBy);
    deadLettersBy = sorted(deadLettersBy);
  }

  private static SortedMap<String, Long> sorted(Map<String, Long> counts) {
    return Collections.unmodifiableSortedMap(new TreeMap<>(counts));
  }

  public long unscored() {
    return sum(unscoredBy);
  }

  public long deadLettered() {
    return sum(deadLettersBy);
  }

  /** Records whose fate is known. */
  public long known() {
    return scored + unscored() + late + deadLettered();
  }

  private static long sum(Map<String, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }
}
