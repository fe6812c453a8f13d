package io.nelbo.model.calibrate;

import static io.nelbo.model.Preconditions.requireArgument;

import java.util.Arrays;

/**
 * The mean surprise of the last k records of one series; see {@link Calibration#surprise(double)}.
 *
 * <p>It is divided by k however few there were, so that a record before the first counts as one
 * that surprised nobody: the mean is a function of the last k records alone. It is summed anew,
 * oldest first, because a running sum would keep the rounding of all records that ever were.
 *
 * <p>The fields are public and there is a constructor without arguments so that a cluster can keep
 * it in keyed state as it is; use the methods. Not thread-safe.
 */
public final class RecentSurprise {
  /** A ring of the last k, in nats; {@code next} is the oldest. */
  public double[] surprises;

  /** Where the next one goes, in [0, k). */
  public int next;

  /** Event time of the newest record that {@link #arrive} has seen. */
  public long newestMillis = Long.MIN_VALUE;

  /** For the state back end; of no records. */
  public RecentSurprise() {
    surprises = new double[0];
  }

  /**
   * @param records k
   */
  public RecentSurprise(int records) {
    requireArgument(records > 0, "records must be positive, got %s", records);
    surprises = new double[records];
  }

  /** A copy that may be changed without changing this one. */
  public RecentSurprise copy() {
    RecentSurprise copy = new RecentSurprise();
    copy.surprises = surprises.clone();
    copy.next = next;
    copy.newestMillis = newestMillis;
    return copy;
  }

  /** Whether it is of so many records. */
  public boolean isOf(int records) {
    return surprises.length == records;
  }

  /**
   * Tells when the next record happened: after a gap, as a window does, it starts again.
   *
   * @param maxGapMillis it starts again when more time than this has passed
   */
  public void arrive(long eventTimeMillis, long maxGapMillis) {
    if (newestMillis != Long.MIN_VALUE && eventTimeMillis - newestMillis > maxGapMillis) {
      clear();
    }
    newestMillis = eventTimeMillis;
  }

  /**
   * Adds the newest record, forgetting the oldest.
   *
   * @param surprise in nats; 0 for a record without a score
   * @return the mean of the last k, in nats
   */
  public double add(double surprise) {
    surprises[next] = surprise;
    next = next + 1 == surprises.length ? 0 : next + 1;
    double sum = 0;
    for (int i = next; i < surprises.length; i++) {
      sum += surprises[i];
    }
    for (int i = 0; i < next; i++) {
      sum += surprises[i];
    }
    return sum / surprises.length;
  }

  /** Forgets all records. */
  public void clear() {
    Arrays.fill(surprises, 0);
    next = 0;
  }
}
