package io.nelbo.model.learn;

/**
 * Alarms of one series in one bucket, and whether they are a fault. Mutable.
 *
 * <p>Normal records alarm as well, a whole cluster of them where the machine has a memory. To leave
 * out what chance explains would cut the calibration by score, and the border would come down with
 * every retraining. So the alarms of a piece must be more than such clusters make up (of the
 * expected number of clusters, Poisson, with exponential lengths: the mean, three deviations, and a
 * cluster that one in a thousand exceeds), or as many must be a hundred times rarer than the
 * border, which hardly any cluster of normal records comes to.
 */
final class AlarmCount {
  /** Share of alarms above which it is a fault and no chance. */
  static final double FAULT_SHARE = 0.05;

  static final int QUARTERS = 4;

  /** The same in multiples of the asked rate, where that one is high. */
  private static final double FAULT_RATES = 5;

  private static final double RARER = 0.01;
  private static final double DEVIATIONS = 3;
  private static final double ONE_IN_A_THOUSAND = Math.log(1000);
  private static final int LEAST_ROWS = 16;

  private final double border;
  private final int[] rowsOfQuarter = new int[QUARTERS];
  private final int[] alarmsOfQuarter = new int[QUARTERS];
  private int rows;
  private int alarms;
  private int rare;

  /**
   * @param border p-value at which a record alarms
   */
  AlarmCount(double border) {
    this.border = border;
  }

  void add(int quarter, double pValue) {
    int alarm = pValue <= border ? 1 : 0;
    rows++;
    alarms += alarm;
    rare += pValue <= RARER * border ? 1 : 0;
    rowsOfQuarter[quarter]++;
    alarmsOfQuarter[quarter] += alarm;
  }

  /** Whether the records are enough to say anything of them. */
  boolean canBeJudged() {
    return rows >= LEAST_ROWS;
  }

  /**
   * Whether the series was out of order.
   *
   * @param clusterLength how many alarms come together where nothing is wrong
   */
  boolean isFault(double clusterLength) {
    double most = most() * rows;
    double clusters = rows * border / clusterLength;
    double byChance = clusters + DEVIATIONS * Math.sqrt(2 * clusters) + ONE_IN_A_THOUSAND;
    return rare > most || (alarms > most && alarms > byChance * clusterLength);
  }

  boolean isHeardIn(int quarter) {
    return rowsOfQuarter[quarter] > 0;
  }

  /**
   * Whether it alarms in this quarter as a fault does. One quarter of one series is too short for
   * the condition about chance: that one is for the whole bucket.
   */
  boolean isAlarmingIn(int quarter) {
    return isHeardIn(quarter) && alarmsOfQuarter[quarter] > most() * rowsOfQuarter[quarter];
  }

  private double most() {
    return Math.max(FAULT_SHARE, FAULT_RATES * border);
  }
}
