package io.nelbo.model.train;

import io.nelbo.model.calibrate.AlertRules;
import io.nelbo.model.calibrate.Calibration;
import io.nelbo.model.calibrate.ChannelCalibrations;
import io.nelbo.model.calibrate.EpisodeRates;
import io.nelbo.model.calibrate.SmoothedCalibration;
import io.nelbo.model.calibrate.WatchedStatistics;
import io.nelbo.model.fit.ScaledSpan;
import io.nelbo.model.fit.Windows;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Statistics of held-out windows in order of series and time, with all that a calibration wants to
 * know of them.
 */
final class OrderedStatistics {
  private static final double DAY_MILLIS = Duration.ofDays(1).toMillis();

  private final ScaledSpan span;
  private final Windows windows;
  private final double[] values;

  /**
   * @param values one for each window
   */
  OrderedStatistics(ScaledSpan span, Windows windows, double[] values) {
    this.span = span;
    this.windows = windows;
    this.values = values;
  }

  int size() {
    return values.length;
  }

  double[] values() {
    return values;
  }

  /** The same with their times; empty when the records have none between them, as images do. */
  Optional<WatchedStatistics> watched() {
    int[] series = new int[size()];
    long[] eventTimeMillis = new long[size()];
    double millis = 0;
    for (int window = 0; window < size(); window++) {
      boolean same =
          window > 0 && span.series(windows, window).equals(span.series(windows, window - 1));
      series[window] = window == 0 ? 0 : series[window - 1] + (same ? 0 : 1);
      eventTimeMillis[window] = span.eventTimeMillis(windows, window);
      millis += span.watchedMillis(windows, window);
    }
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
   * Fits a calibration to them together with the means over those before them. Of the spread of
   * means with weights {@code d^i} n values say as much as {@code n (1 - d^2) / (1 + d^2)}
   * independent ones (Bayley and Hammersley 1946, JRSS 8), that is n / (k / 2).
   *
   * @param before what the windows right before these say, whoever knows them
   */
  SmoothedCalibration smoothed(OrderedStatistics before, AlertRules rules) {
    double centre = Arrays.stream(values).average().orElse(0);
    double spread =
        Math.sqrt(
            Arrays.stream(values).map(one -> (one - centre) * (one - centre)).average().orElse(0));
    double unit = spread > 0 ? spread : 1;
    RunningMeans running = new RunningMeans(span, one -> (one - centre) / unit);
    running.add(before.windows, before.values);
    running.add(windows, values);
    double[] means = running.at(windows, rules.smooth());
    ChannelFit fit =
        new ChannelFit(
            List.of("record", "mean"), new double[][] {values, means}, 1, rules.smooth() / 2);
    Calibration ofMeans = fit.calibrations().channels().get(1).calibration();
    Calibration together =
        new OrderedStatistics(span, windows, fit.statistics()).calibration(rules);
    return new SmoothedCalibration(rules.smooth(), centre, unit, ofMeans, together);
  }

  /**
   * What a model alarms on that alarms on means too: the larger surprise of record and mean.
   *
   * @param calibration with {@link Calibration#smoothed() means}
   */
  OrderedStatistics alerting(Calibration calibration) {
    SmoothedCalibration smoothed = calibration.smoothed().orElseThrow();
    RunningMeans running = new RunningMeans(span, smoothed::standardised);
    running.add(windows, values);
    double[] means = running.at(windows, smoothed.records());
    double[] larger = new double[size()];
    Arrays.setAll(
        larger, i -> ChannelCalibrations.statistic(calibration.surprises(values[i], means[i])));
    return new OrderedStatistics(span, windows, larger);
  }
}
