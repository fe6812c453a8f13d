package io.nelbo.jobs.replay.metrics;

/** Shares of counts. */
public final class Ratios {
  private Ratios() {}

  /** 0 when there is nothing to share, as is usual for precision and recall. */
  public static double ofOrZero(double part, double whole) {
    return whole == 0 ? 0 : part / whole;
  }

  /** 0 when there is nothing to share. */
  public static double ofOrZero(long part, long whole) {
    return whole == 0 ? 0 : part / (double) whole;
  }

  public static double harmonicMean(double first, double second) {
    return ofOrZero(2 * first * second, first + second);
  }
}
