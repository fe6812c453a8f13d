package io.nelbo.jobs.retrain.due;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Which slides wait for their decision: exactly one for each slide in which records came. Pure.
 *
 * <p>While a training takes longer than a slide, the newest slide waits for its end, and those
 * before it are passed over.
 */
final class SlideSchedule {
  private final TreeSet<Long> waiting = new TreeSet<>();
  private long lastDue;
  private long decided;

  /**
   * A schedule that goes on.
   *
   * @param decided the last bucket that has been decided about; MIN_VALUE for none
   */
  SlideSchedule(long decided) {
    this.decided = decided;
    lastDue = decided;
  }

  /** Buckets before {@code firstOpen} that hold records are due. */
  void reached(long firstOpen, List<Long> bucketsWithRecords) {
    for (long bucket : bucketsWithRecords) {
      if (bucket < firstOpen && bucket > lastDue) {
        waiting.add(bucket);
      }
    }
    lastDue = Math.max(lastDue, firstOpen - 1);
  }

  /** Takes the slides that a newer one has overtaken, oldest first. */
  List<Long> takeOvertaken() {
    List<Long> overtaken = new ArrayList<>();
    while (waiting.size() > 1) {
      overtaken.add(waiting.first());
      waiting.remove(waiting.first());
    }
    return overtaken;
  }

  /** Takes the newest slide that waits. */
  Optional<Long> takeNewest() {
    return Optional.ofNullable(waiting.pollLast());
  }

  /** Whether a slide waits. */
  boolean isWaiting() {
    return !waiting.isEmpty();
  }

  /** The decision about this bucket has been announced. */
  void decided(long bucket) {
    decided = Math.max(decided, bucket);
  }

  /** The last bucket that has been decided about; MIN_VALUE for none. */
  long decided() {
    return decided;
  }
}
