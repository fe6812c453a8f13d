package io.nelbo.jobs.evaluate;

import io.nelbo.model.calibrate.BorderInterval;
import io.nelbo.model.calibrate.Calibration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * How many normal rows one model alarmed at one asked rate, against how many it promised.
 *
 * @param asked false-alarm rate, in (0, 1)
 * @param smallestRate that the model's calibration supports
 * @param effectiveSample independent windows that it was calibrated on
 * @param rows tested, all normal
 * @param alarms among them
 */
record AlarmCount(
    double asked, double smallestRate, double effectiveSample, long rows, long alarms) {
  /** Fewer promised alarms say nothing about a rate. */
  static final double LEAST_EXPECTED = 5;

  /**
   * Counts at several rates.
   *
   * @param pValues of normal rows
   */
  static List<AlarmCount> of(Calibration calibration, double[] pValues, double... asked) {
    List<AlarmCount> counts = new ArrayList<>();
    for (double rate : asked) {
      double border = calibration.borderPValue(rate);
      counts.add(
          new AlarmCount(
              rate,
              calibration.smallestRate(),
              calibration.table().effectiveSample(),
              pValues.length,
              Arrays.stream(pValues).filter(p -> p <= border).count()));
    }
    return counts;
  }

  /** Both counts of the same model at the same rate. */
  AlarmCount plus(AlarmCount more) {
    return new AlarmCount(
        asked, smallestRate, effectiveSample, rows + more.rows, alarms + more.alarms);
  }

  /** The rate of the border: the asked one, or the smallest that the calibration supports. */
  double inForce() {
    return Math.max(asked, smallestRate);
  }

  double expected() {
    return inForce() * rows;
  }

  boolean supported() {
    return asked >= smallestRate;
  }

  /** Whether the count can tell anything: a supported rate and enough promised alarms. */
  boolean suitable() {
    return supported() && expected() >= LEAST_EXPECTED;
  }

  double ratio() {
    return alarms / expected();
  }

  /** What a model that keeps its promise alarms, if rows are independent; for a suitable count. */
  Optional<BorderInterval> interval() {
    return suitable()
        ? Optional.of(BorderInterval.of(inForce(), effectiveSample, rows))
        : Optional.empty();
  }
}
