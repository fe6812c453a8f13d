package io.nelbo.jobs.evaluate;

import io.nelbo.jobs.evaluate.baseline.Baseline;
import io.nelbo.model.calibrate.Calibration;
import java.util.Arrays;

/**
 * A baseline with an alert border like the detector's: fitted to the first four fifths of the rows,
 * calibrated on the last.
 */
final class BorderedBaseline {
  private final Baseline.Fitted fitted;
  private final Calibration calibration;
  private final double logBorder;

  private BorderedBaseline(Baseline.Fitted fitted, Calibration calibration, double falseAlarmRate) {
    this.fitted = fitted;
    this.calibration = calibration;
    logBorder = Math.log(calibration.borderPValue(falseAlarmRate));
  }

  static BorderedBaseline fit(Baseline baseline, float[][] rows, double falseAlarmRate) {
    int cut = rows.length * 4 / 5;
    Baseline.Fitted fitted = baseline.fit(Arrays.copyOfRange(rows, 0, cut));
    double[] heldOut = statistics(fitted, Arrays.copyOfRange(rows, cut, rows.length));
    return new BorderedBaseline(fitted, Calibration.fit(heldOut, heldOut.length), falseAlarmRate);
  }

  /** For ranking. */
  double[] statistics(float[][] rows) {
    return statistics(fitted, rows);
  }

  /** For alerting: 1.0 is the border. */
  double[] scores(double[] statistics) {
    return Arrays.stream(statistics)
        .map(statistic -> calibration.logPValue(statistic) / logBorder)
        .toArray();
  }

  private static double[] statistics(Baseline.Fitted fitted, float[][] rows) {
    return Arrays.stream(rows).mapToDouble(row -> fitted.score(row, Baseline.Fitted.NEW)).toArray();
  }
}
