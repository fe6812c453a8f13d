package io.nelbo.model.calibrate;

import static io.nelbo.model.Preconditions.requireArgument;

/**
 * How often a normal series opens an episode at a border; fitted to held-out normal records,
 * immutable, thread-safe.
 *
 * <p>With k episodes in the held-out time T the rate is {@code (1 + k) / T}: at most, in the
 * expectation over held-out records, as with the p-value of a record. Between two borders log rate
 * runs linearly. Beyond the largest held-out statistic the generalised-Pareto tail of the episodes'
 * worst statistics continues (peaks over threshold after declustering: Davison and Smith 1990).
 */
public final class EpisodeRates {
  private final EpisodeTable table;
  private final GeneralisedPareto tail;

  private EpisodeRates(EpisodeTable table) {
    this.table = table;
    tail = new GeneralisedPareto(table.tailShape(), table.tailScale());
  }

  public static EpisodeRates of(EpisodeTable table) {
    return new EpisodeRates(table);
  }

  /**
   * Counts the episodes of held-out records at every border.
   *
   * @param gapMillis event time without an exceedance that ends an episode
   */
  public static EpisodeRates fit(WatchedStatistics watched, long gapMillis) {
    return new EpisodeRates(new EpisodeFit(watched, gapMillis).table());
  }

  /**
   * The smallest rate per series and day that the held-out time can support: one episode in it. Any
   * smaller rate would rest on the shape of the tail alone.
   */
  public double smallestPerSeriesDay() {
    return 1 / table.seriesDays();
  }

  /**
   * The statistic at which to alarm, in nats: for the asked rate, or for the smallest one supported
   * if larger. Asked for more episodes than the upper half of the statistics makes at any border,
   * the border at which they are the most.
   */
  public double border(double perSeriesDay) {
    requireArgument(perSeriesDay > 0, "perSeriesDay must be positive, got %s", perSeriesDay);
    double[] statistics = table.statistics();
    double wanted = Math.max(1, perSeriesDay * table.seriesDays());
    int knot = statistics.length - 1;
    if (wanted < counted(knot)) {
      double logSurvival =
          tail.logSurvival(statistics[knot] - table.tailThreshold())
              + Math.log(wanted / counted(knot));
      return Math.max(statistics[knot], table.tailThreshold() + tail.exceedance(logSurvival));
    }
    while (knot > 0 && counted(knot - 1) <= wanted) {
      knot--;
    }
    if (knot == 0) {
      return statistics[0];
    }
    double share = Math.log(wanted / counted(knot)) / Math.log(counted(knot - 1) / counted(knot));
    return statistics[knot] + share * (statistics[knot - 1] - statistics[knot]);
  }

  public EpisodeTable table() {
    return table;
  }

  private double counted(int knot) {
    return 1.0 + table.episodes()[knot];
  }
}
