package io.nelbo.model.train;

import io.nelbo.model.calibrate.AlertRules;
import io.nelbo.model.calibrate.Calibration;
import io.nelbo.model.calibrate.EpisodeRates;
import io.nelbo.model.calibrate.RecentSurprise;
import io.nelbo.model.calibrate.WatchedStatistics;
import io.nelbo.model.fit.ScaledSpan;
import io.nelbo.model.fit.Windows;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Statistics of held-out windows in order of series and time, with all that a calibration wants to
 * know of them.
 */
final class OrderedStatistics {
  private static final double DAY_MILLIS = Duration.ofDays(1).toMillis();

  private final double[] values;
  private final int[] series;
  private final long[] eventTimeMillis;
  private final long[] watchedMillis;
  private final int[] run; // how many windows there are, up to this, each of the next record

  private OrderedStatistics(
      double[] values, int[] series, long[] eventTimeMillis, long[] watchedMillis, int[] run) {
    this.values = values;
    this.series = series;
    this.eventTimeMillis = eventTimeMillis;
    this.watchedMillis = watchedMillis;
    this.run = run;
  }

  /**
   * @param values one for each window
   */
  static OrderedStatistics of(ScaledSpan span, Windows windows, double[] values) {
    int size = windows.size();
    OrderedStatistics ordered =
        new OrderedStatistics(values, new int[size], new long[size], new long[size], new int[size]);
    for (int window = 0; window < size; window++) {
      boolean same =
          window > 0 && span.series(windows, window).equals(span.series(windows, window - 1));
      ordered.series[window] = window == 0 ? 0 : ordered.series[window - 1] + (same ? 0 : 1);
      ordered.eventTimeMillis[window] = span.eventTimeMillis(windows, window);
      ordered.watchedMillis[window] = span.watchedMillis(windows, window);
      boolean follows =
          window > 0
              && windows.segment(window) == windows.segment(window - 1)
              && windows.row(window) == windows.row(window - 1) + 1;
      ordered.run[window] = follows ? ordered.run[window - 1] + 1 : 1;
    }
    return ordered;
  }

  int size() {
    return values.length;
  }

  double[] values() {
    return values;
  }

  /** The same with their times; empty when the records have none between them, as images do. */
  Optional<WatchedStatistics> watched() {
    double millis = Arrays.stream(watchedMillis).sum();
    return millis > 0
        ? Optional.of(new WatchedStatistics(series, eventTimeMillis, values, millis / DAY_MILLIS))
        : Optional.empty();
  }

  /** Fits a calibration to them, as they are. */
  Calibration calibration(AlertRules rules) {
    Calibration fitted = Calibration.fit(values, EffectiveSample.of(values));
    return watched()
        .map(times -> EpisodeRates.fit(times, rules.episodeGap().toMillis()))
        .map(fitted::withEpisodes)
        .orElse(fitted);
  }

  /**
   * Mean surprises over so many windows that follow each other, at the newest of them.
   *
   * @param calibration of these statistics
   */
  OrderedStatistics smoothed(Calibration calibration, int records) {
    RecentSurprise recent = new RecentSurprise(records);
    double[] means = new double[size()];
    for (int i = 0; i < size(); i++) {
      if (run[i] == 1) {
        recent.clear();
      }
      means[i] = recent.add(calibration.surprise(calibration.pValue(values[i])));
    }
    int[] whole = IntStream.range(0, size()).filter(i -> run[i] >= records).toArray();
    return new OrderedStatistics(
        Arrays.stream(whole).mapToDouble(i -> means[i]).toArray(),
        Arrays.stream(whole).map(i -> series[i]).toArray(),
        Arrays.stream(whole).mapToLong(i -> eventTimeMillis[i]).toArray(),
        Arrays.stream(whole).mapToLong(i -> watchedMillis[i]).toArray(),
        Arrays.stream(whole).map(i -> run[i] - records + 1).toArray());
  }
}
