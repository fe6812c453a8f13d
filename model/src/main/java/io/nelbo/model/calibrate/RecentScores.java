package io.nelbo.model.calibrate;

import static io.nelbo.model.Preconditions.requireArgument;

import java.util.Arrays;

/**
 * The exponentially weighted mean of what the last records of one series scored: {@code sum d^i z_i
 * / sum d^i}, i = 0 the newest record, with {@code d = (k - 1) / (k + 1)}, so that the weights have
 * their centre where those of a plain mean over k records have it (Hunter 1986, The exponentially
 * weighted moving average).
 *
 * <p>After 3 k records one is forgotten; it then weighs a 400th of the newest. The mean is a
 * function of these records alone, and summed anew, because a running sum would keep the rounding
 * of all records that ever were. A record before the first one, after a gap or without a score
 * counts as 0, which is neither normal nor strange, see {@link SmoothedCalibration#standardised}.
 *
 * <p>The fields are public and there is a constructor without arguments so that a cluster can keep
 * it in keyed state as it is; use the methods. Not thread-safe.
 */
public final class RecentScores {
  private static final int FORGOTTEN_AFTER = 3;

  /** A ring of the last 3 k standardised scores; {@code next} is the oldest. */
  public double[] scores;

  /** Where the next one goes, in [0, 3 k). */
  public int next;

  /** Event time of the newest record that {@link #arrive} has seen. */
  public long newestMillis = Long.MIN_VALUE;

  /** For the state back end; of no records. */
  public RecentScores() {
    scores = new double[0];
  }

  /**
   * @param records k
   */
  public RecentScores(int records) {
    requireArgument(records > 0, "records must be positive, got %s", records);
    scores = new double[memory(records)];
  }

  /** How many records a mean over k is made of. */
  public static int memory(int records) {
    return FORGOTTEN_AFTER * records;
  }

  /**
   * The mean at a record of which the whole series is known.
   *
   * @param scores standardised, oldest first
   * @param row the newest record of the mean
   * @param records k
   */
  public static double mean(double[] scores, int row, int records) {
    int memory = memory(records);
    double sum = decayedSum(0, scores, Math.max(0, row + 1 - memory), row + 1, memory);
    return sum / weights(memory);
  }

  /** A copy that may be changed without changing this one. */
  public RecentScores copy() {
    RecentScores copy = new RecentScores();
    copy.scores = scores.clone();
    copy.next = next;
    copy.newestMillis = newestMillis;
    return copy;
  }

  /** Whether it is for a mean over k records. */
  public boolean isOf(int records) {
    return scores.length == memory(records);
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
   * @param score standardised; 0 for a record without one
   * @return the mean
   */
  public double add(double score) {
    scores[next] = score;
    next = next + 1 == scores.length ? 0 : next + 1;
    double older = decayedSum(0, scores, next, scores.length, scores.length);
    return decayedSum(older, scores, 0, next, scores.length) / weights(scores.length);
  }

  /** Forgets all records. */
  public void clear() {
    Arrays.fill(scores, 0);
    next = 0;
  }

  private static double decayedSum(double older, double[] scores, int from, int to, int memory) {
    double decay = decay(memory);
    double sum = older;
    for (int i = from; i < to; i++) {
      sum = sum * decay + scores[i];
    }
    return sum;
  }

  private static double weights(int memory) {
    double decay = decay(memory);
    return (1 - Math.pow(decay, memory)) / (1 - decay);
  }

  private static double decay(int memory) {
    double records = (double) memory / FORGOTTEN_AFTER;
    return (records - 1) / (records + 1);
  }
}
