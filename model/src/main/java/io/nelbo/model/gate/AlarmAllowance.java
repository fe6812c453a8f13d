package io.nelbo.model.gate;

/**
 * The share of held-out rows at which a model may alarm. Normal records alarm in clusters where
 * neighbours are alike, so the room for chance is counted in clusters: their number is taken for
 * Poisson and their lengths for geometric, which for a length of 1 is the chance of independent
 * rows.
 */
final class AlarmAllowance {
  /** Measured over asked beyond which an alarm rate counts as wrong. */
  static final double RATIO = 3;

  private static final double DEVIATIONS = 3;

  private AlarmAllowance() {}

  /**
   * So many times the asked share, three deviations and one cluster.
   *
   * @param asked share of normal rows that alarm
   * @param rows that were scored
   * @param clusterLength rows that alarm together, on average; at least 1
   */
  static double of(double asked, int rows, double clusterLength) {
    double clusters = rows * asked * (1 - asked) / clusterLength;
    double meanSquare = clusterLength * (2 * clusterLength - 1);
    double chance = DEVIATIONS * Math.sqrt(clusters * meanSquare) + clusterLength;
    return RATIO * asked + chance / rows;
  }
}
