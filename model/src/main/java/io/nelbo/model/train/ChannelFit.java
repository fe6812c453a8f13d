package io.nelbo.model.train;

import io.nelbo.model.calibrate.Calibration;
import io.nelbo.model.calibrate.ChannelCalibrations;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Calibrates each channel for itself, and tells what channels say together of windows that they
 * were not calibrated on: of its own windows a calibration says nothing surprising, and a border
 * from such statistics alarms several times as often as asked. Pure.
 */
final class ChannelFit {
  private static final int FOLDS = 5;

  /** With fewer windows each has a say in its own calibration. */
  private static final int LEAST_FOLDED = 40;

  private final List<String> names;
  private final double[][] figures;
  private final int[] shared;
  private final int windows;

  /**
   * @param figures of each channel, a value for each window, in order of series and time
   */
  ChannelFit(List<String> names, double[][] figures) {
    this(names, figures, ones(names.size()));
  }

  /**
   * @param figures of each channel, a value for each window, in order of series and time
   * @param shared how many windows each channel's value is made of: so many are worth one
   *     independent value at most
   */
  ChannelFit(List<String> names, double[][] figures, int... shared) {
    this.names = List.copyOf(names);
    this.figures = figures;
    this.shared = shared;
    windows = figures[0].length;
  }

  /** Fitted to all windows. */
  ChannelCalibrations calibrations() {
    return without(0, 0);
  }

  /** Of each window, by calibrations fitted to the others but for its neighbours. */
  double[] statistics() {
    double[] statistics = new double[windows];
    int folds = windows < LEAST_FOLDED ? 1 : FOLDS;
    for (int fold = 0; fold < folds; fold++) {
      int from = (int) ((long) fold * windows / folds);
      int to = (int) ((long) (fold + 1) * windows / folds);
      ChannelCalibrations others = folds == 1 ? calibrations() : without(from, to);
      System.arraycopy(statistics(others, figures, from, to), 0, statistics, from, to - from);
    }
    return statistics;
  }

  /**
   * Of other windows.
   *
   * @param others figures of each channel, a value for each of them
   */
  double[] statistics(double[][] others) {
    return statistics(calibrations(), others, 0, others[0].length);
  }

  private static double[] statistics(
      ChannelCalibrations calibrations, double[][] figures, int from, int to) {
    double[] statistics = new double[to - from];
    for (int window = from; window < to; window++) {
      double[] own = new double[figures.length];
      for (int channel = 0; channel < own.length; channel++) {
        own[channel] = figures[channel][window];
      }
      statistics[window - from] = ChannelCalibrations.statistic(calibrations.surprises(own));
    }
    return statistics;
  }

  private static int[] ones(int count) {
    int[] ones = new int[count];
    Arrays.fill(ones, 1);
    return ones;
  }

  private ChannelCalibrations without(int from, int to) {
    List<ChannelCalibrations.Channel> channels = new ArrayList<>();
    for (int channel = 0; channel < figures.length; channel++) {
      double[] others = new double[windows - (to - from)];
      System.arraycopy(figures[channel], 0, others, 0, from);
      System.arraycopy(figures[channel], to, others, from, windows - to);
      double most = Math.max(1, (double) others.length / shared[channel]);
      channels.add(
          new ChannelCalibrations.Channel(
              names.get(channel),
              Calibration.fit(others, Math.min(most, EffectiveSample.of(others)))));
    }
    return new ChannelCalibrations(channels);
  }
}
