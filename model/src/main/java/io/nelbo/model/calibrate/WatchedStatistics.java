package io.nelbo.model.calibrate;

import static io.nelbo.model.Preconditions.requireArgument;

/**
 * Held-out statistics in order of series and time, and for how long they watched.
 *
 * <p>Holds its arrays without copying; the owner must not change them.
 *
 * @param series a number for each one's series; those of a series are neighbours
 * @param eventTimeMillis of each one, not descending within a series
 * @param statistics in nats, finite, at least one
 * @param seriesDays the time that they stand for, summed over series, in days; positive
 */
@SuppressWarnings("ArrayRecordComponent") // as large as a span, never compared
public record WatchedStatistics(
    int[] series, long[] eventTimeMillis, double[] statistics, double seriesDays) {
  public WatchedStatistics {
    requireArgument(
        statistics.length > 0
            && series.length == statistics.length
            && eventTimeMillis.length == statistics.length,
        "each statistic needs a series and a time and there must be one, got %s, %s and %s",
        statistics.length,
        series.length,
        eventTimeMillis.length);
    requireArgument(
        seriesDays > 0 && Double.isFinite(seriesDays),
        "seriesDays must be finite and positive, got %s",
        seriesDays);
  }

  /**
   * How many episodes these open at a border, as alerting counts them.
   *
   * @param gapMillis event time without an exceedance that ends an episode
   */
  public long episodes(double border, long gapMillis) {
    long episodes = 0;
    int last = -1;
    for (int i = 0; i < statistics.length; i++) {
      if (statistics[i] >= border) {
        boolean continues =
            last >= 0
                && series[last] == series[i]
                && eventTimeMillis[i] - eventTimeMillis[last] <= gapMillis;
        episodes += continues ? 0 : 1;
        last = i;
      }
    }
    return episodes;
  }
}
