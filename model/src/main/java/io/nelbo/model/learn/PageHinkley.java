package io.nelbo.model.learn;

/**
 * Whether a figure has risen for good: the one-sided test of Page (1954) and Hinkley (1971) on the
 * sum of its deviations from what is expected.
 *
 * @param sum of the deviations since the start
 * @param least that the sum has been
 * @param over times in a row that the sum lay too far above its least
 */
public record PageHinkley(double sum, double least, int over) {
  /** A start. */
  public static final PageHinkley START = new PageHinkley(0, 0, 0);

  /** Deviations up to this one are no drift. */
  private static final double TOLERATED = 0.05;

  private static final double THRESHOLD = 0.3;

  /** One strange piece is no drift: it counts for no more than the threshold. */
  private static final double MOST = THRESHOLD + TOLERATED;

  /** Neither are two. */
  private static final int PERSISTENCE = 3;

  /** The test after one more value. */
  public PageHinkley after(double value, double expected) {
    double next = sum + Math.min(MOST, value - expected) - TOLERATED;
    double lowest = Math.min(least, next);
    return new PageHinkley(next, lowest, next - lowest > THRESHOLD ? over + 1 : 0);
  }

  /** Whether the figure has risen, and stayed there. */
  public boolean isDrift() {
    return over >= PERSISTENCE;
  }
}
