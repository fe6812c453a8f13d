package io.nelbo.model.train;

import io.nelbo.model.calibrate.AlertRules;
import io.nelbo.model.calibrate.Calibration;
import io.nelbo.model.calibrate.EpisodeRates;
import io.nelbo.model.calibrate.WatchedStatistics;
import io.nelbo.model.scale.Scaler;
import io.nelbo.model.score.ScoredRows;
import io.nelbo.model.score.Scorer;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Scores held-out windows and fits a calibration to them. */
final class HeldOutCalibration {
  /** Windows whose newest record was observed less are neither fitted nor calibrated on. */
  static final double LEAST_OBSERVED = 0.5;

  private static final int MOST_CALIBRATE = 50_000;
  private static final int CHUNK = 4096;
  private static final double DAY_MILLIS = Duration.ofDays(1).toMillis();

  /**
   * A calibration and what it was fitted to.
   *
   * @param inOrder statistics of all held-out windows, in order of series and time
   * @param watched the same with their times; empty when the records have no time between them
   * @param statistics of at most so many of them, evenly spread
   * @param negativeElbo mean of all held-out windows' raw features, in nats
   * @param effectiveSample how many independent ones they are worth
   */
  @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
  record Calibrated(
      Calibration calibration,
      double[] inOrder,
      Optional<WatchedStatistics> watched,
      double[] statistics,
      double negativeElbo,
      double effectiveSample) {
    /** For the manifest, by name. */
    Map<String, Double> figures() {
      return Map.of(
          "held_out_negative_elbo", negativeElbo,
          "calibration_rows", (double) statistics.length,
          "calibration_effective_sample", effectiveSample);
    }
  }

  private final Scorer scorer;
  private final Scaler scaler;
  private final ScaledSpan span;

  HeldOutCalibration(Scorer scorer, Scaler scaler, ScaledSpan span) {
    this.scorer = scorer;
    this.scaler = scaler;
    this.span = span;
  }

  /** What a calibration is fitted to. */
  static Windows thinned(Windows heldOut) {
    return heldOut.thin(MOST_CALIBRATE);
  }

  /**
   * @param heldOut in order of series and time
   */
  Calibrated fit(Windows heldOut, AlertRules rules) {
    double[] inOrder = new double[heldOut.size()];
    double negativeElbo = score(heldOut, inOrder) / heldOut.size();
    double[] statistics = Windows.thin(inOrder, MOST_CALIBRATE);
    double effective = EffectiveSample.of(statistics);
    Calibration calibration = Calibration.fit(statistics, effective);
    Optional<WatchedStatistics> watched = watched(heldOut, inOrder);
    Calibration counted =
        watched
            .map(times -> EpisodeRates.fit(times, rules.episodeGap().toMillis()))
            .map(calibration::withEpisodes)
            .orElse(calibration);
    return new Calibrated(counted, inOrder, watched, statistics, negativeElbo, effective);
  }

  /** Fills in the statistics; the sum of the raw features' negative bounds. */
  private double score(Windows windows, double[] statistics) {
    float[] chunk = new float[Math.min(CHUNK, windows.size()) * span.rowLength()];
    double sum = 0;
    for (int first = 0; first < windows.size(); first += CHUNK) {
      int rows = Math.min(CHUNK, windows.size() - first);
      for (int row = 0; row < rows; row++) {
        span.copy(windows, first + row, chunk, row * span.rowLength());
      }
      ScoredRows scored = scorer.score(chunk, rows);
      for (int row = 0; row < rows; row++) {
        int window = first + row;
        statistics[window] =
            scored.statistic(row) + scaler.scoreOffset(span.series(windows, window));
        sum +=
            scored.reconstruction(row)
                + scored.klDivergence(row)
                + span.logDeterminant(scaler, windows, window);
      }
    }
    return sum;
  }

  /** Empty when the records have no time between them, as single images do. */
  private Optional<WatchedStatistics> watched(Windows windows, double[] statistics) {
    int[] series = new int[windows.size()];
    long[] times = new long[windows.size()];
    double millis = 0;
    for (int window = 0; window < times.length; window++) {
      boolean same =
          window > 0 && span.series(windows, window).equals(span.series(windows, window - 1));
      series[window] = window == 0 ? 0 : series[window - 1] + (same ? 0 : 1);
      times[window] = span.eventTimeMillis(windows, window);
      millis += span.watchedMillis(windows, window);
    }
    return millis > 0
        ? Optional.of(new WatchedStatistics(series, times, statistics, millis / DAY_MILLIS))
        : Optional.empty();
  }
}
