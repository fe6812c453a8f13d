package io.nelbo.jobs.retrain;

import io.nelbo.model.calibrate.Calibration;
import java.util.Locale;
import java.util.Optional;

/** A model whose calibration rows are too few for the false-alarm rate that was asked for. */
public final class ProvisionalModel {
  private ProvisionalModel() {}

  /** Says which rate it keeps to instead; empty when it keeps to the one asked for. */
  public static Optional<String> remark(Calibration calibration, double falseAlarmRate) {
    double smallest = calibration.smallestRate();
    if (smallest <= falseAlarmRate) {
      return Optional.empty();
    }
    return Optional.of(
        String.format(
            Locale.ROOT,
            "provisional: its calibration supports a false-alarm rate of %.2g, not the %.2g of"
                + " alert.false-alarm-rate: train on more records",
            smallest,
            falseAlarmRate));
  }
}
