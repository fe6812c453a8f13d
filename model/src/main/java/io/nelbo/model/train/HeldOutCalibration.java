package io.nelbo.model.train;

import io.nelbo.model.artifact.FigureNames;
import io.nelbo.model.calibrate.AlertRules;
import io.nelbo.model.calibrate.Calibration;
import io.nelbo.model.fit.ScaledSpan;
import io.nelbo.model.fit.Windows;
import io.nelbo.model.scale.Scaler;
import io.nelbo.model.score.ScoredRows;
import io.nelbo.model.score.WindowModel;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** Scores held-out windows and fits a calibration to them. */
final class HeldOutCalibration {
  /** Windows whose newest record was observed less are neither fitted nor calibrated on. */
  static final double LEAST_OBSERVED = 0.5;

  /** Values that are scored at once: 16 MB. */
  private static final int CHUNK = 1 << 22;

  /**
   * A calibration and what it was fitted to.
   *
   * @param heldOut statistics of all held-out windows
   * @param negativeElbo mean of all held-out windows' raw features, in nats
   * @param outliers held-out windows that look like none of the others, and do not calibrate
   */
  record Calibrated(
      Calibration calibration, OrderedStatistics heldOut, double negativeElbo, int outliers) {
    /** What people should know of it. */
    List<String> warnings() {
      return outliers == 0
          ? List.of()
          : List.of(
              String.format(
                  "%s of %s held-out records, unlike all others, %s left out of the calibration: if"
                      + " that is normal, more like it are needed",
                  outliers, outliers + heldOut.size(), outliers == 1 ? "was" : "were"));
    }

    /** For the manifest, by name. */
    Map<String, Double> figures() {
      return Map.of(
          FigureNames.HELD_OUT_NEGATIVE_ELBO,
          negativeElbo,
          FigureNames.CALIBRATION_ROWS,
          (double) calibration.table().sample(),
          FigureNames.CALIBRATION_EFFECTIVE_SAMPLE,
          calibration.table().effectiveSample());
    }
  }

  private final WindowModel model;
  private final Scaler scaler;
  private final ScaledSpan span;

  HeldOutCalibration(WindowModel model, Scaler scaler, ScaledSpan span) {
    this.model = model;
    this.scaler = scaler;
    this.span = span;
  }

  /**
   * @param heldOut in order of series and time
   * @param before windows right before them, which means are made of too
   */
  Calibrated fit(Windows heldOut, Windows before, AlertRules rules) {
    Judged judged = judge(heldOut);
    Judged known = judge(rules.smooth() > 1 ? before : Windows.NONE);
    return of(span, judged, known, rules);
  }

  /**
   * What a model says of windows.
   *
   * @param channels names of the figures; empty when there is one and it is the statistic
   * @param figures one array for each channel, or one, with a value for each window
   * @param negativeElbos of the raw features, their sum, in nats
   */
  @SuppressWarnings("ArrayRecordComponent") // figures of a whole span, never compared
  record Judged(Windows windows, List<String> channels, double[][] figures, double negativeElbos) {
    /** Without windows that look like none of the others, where channels say what a window is. */
    Judged withoutOutliers() {
      if (channels.isEmpty()) {
        return this;
      }
      double[] statistics = new ChannelFit(channels, figures).statistics();
      double from = Outliers.from(statistics);
      int[] kept =
          IntStream.range(0, statistics.length).filter(one -> statistics[one] < from).toArray();
      double[][] normal = new double[figures.length][];
      Arrays.setAll(
          normal,
          channel -> Arrays.stream(kept).mapToDouble(one -> figures[channel][one]).toArray());
      return new Judged(
          windows.keep(window -> statistics[window] < from), channels, normal, negativeElbos);
    }
  }

  /** Of windows that were judged, whoever did. */
  static Calibrated of(ScaledSpan span, Judged all, Judged before, AlertRules rules) {
    Judged heldOut = all.withoutOutliers();
    Optional<ChannelFit> fit =
        heldOut.channels().isEmpty()
            ? Optional.empty()
            : Optional.of(new ChannelFit(heldOut.channels(), heldOut.figures()));
    Windows windows = heldOut.windows();
    OrderedStatistics ordered =
        new OrderedStatistics(
            span, windows, fit.map(ChannelFit::statistics).orElse(heldOut.figures()[0]));
    Calibration calibration = ordered.calibration(rules);
    if (rules.smooth() > 1) {
      OrderedStatistics earlier =
          new OrderedStatistics(
              span,
              before.windows(),
              fit.map(channels -> channels.statistics(before.figures()))
                  .orElse(before.figures()[0]));
      calibration = calibration.withSmoothed(ordered.smoothed(earlier, rules));
    }
    if (fit.isPresent()) {
      calibration = calibration.withChannels(fit.get().calibrations());
    }
    return new Calibrated(
        calibration,
        ordered,
        all.negativeElbos() / all.windows().size(),
        all.windows().size() - windows.size());
  }

  /** Scores them. */
  Judged judge(Windows windows) {
    List<String> channels = model.channels();
    double[][] figures = new double[Math.max(1, channels.size())][windows.size()];
    int most = Math.min(windows.size(), Math.max(1, CHUNK / span.rowLength()));
    float[] chunk = new float[most * span.rowLength()];
    double sum = 0;
    for (int first = 0; first < windows.size(); first += most) {
      int rows = Math.min(most, windows.size() - first);
      for (int row = 0; row < rows; row++) {
        span.copy(windows, first + row, chunk, row * span.rowLength());
      }
      ScoredRows scored = model.score(chunk, rows);
      for (int row = 0; row < rows; row++) {
        int window = first + row;
        figures[0][window] =
            scored.statistic(row) + scaler.scoreOffset(span.series(windows, window));
        for (int channel = 0; channel < channels.size(); channel++) {
          figures[channel][window] = scored.channel(row, channel);
        }
        sum +=
            scored.reconstruction(row)
                + scored.klDivergence(row)
                + span.logDeterminant(scaler, windows, window);
      }
    }
    return new Judged(windows, channels, figures, sum);
  }
}
