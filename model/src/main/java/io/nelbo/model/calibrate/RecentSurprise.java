package io.nelbo.model.calibrate;

/**
 * What the last records of a series scored, as savepoints of programs before {@link RecentScores}
 * hold it: they are read with it and forgotten.
 */
public final class RecentSurprise {
  /** Surprises, a ring. */
  public double[] surprises = new double[0];

  /** Where the next one went. */
  public int next;

  /** Event time of the newest record. */
  public long newestMillis = Long.MIN_VALUE;
}
