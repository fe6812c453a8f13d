package io.nelbo.model.calibrate;

import static io.nelbo.model.Preconditions.requireArgument;

/**
 * A calibration of mean surprises, for alerting on them instead of on single records.
 *
 * @param records k, over which the mean runs, see {@link RecentSurprise}; in 2..512
 * @param calibration fitted to the means of held-out records
 */
public record SmoothedCalibration(int records, Calibration calibration) {
  /** The longest memory of a series. */
  public static final int MOST_RECORDS = 512;

  public SmoothedCalibration {
    requireArgument(
        records >= 2 && records <= MOST_RECORDS,
        "records must lie in 2..%s, got %s",
        MOST_RECORDS,
        records);
    requireArgument(calibration.smoothed().isEmpty(), "means of means are not calibrated");
  }

  static int requireSmooth(int smooth) {
    requireArgument(
        smooth >= 1 && smooth <= MOST_RECORDS,
        "smooth must lie in 1..%s, got %s",
        MOST_RECORDS,
        smooth);
    return smooth;
  }
}
