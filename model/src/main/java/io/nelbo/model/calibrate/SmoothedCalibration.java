package io.nelbo.model.calibrate;

import static io.nelbo.model.Preconditions.requireArgument;

/**
 * For alerting on records together with those before them: a fault that no record shows by itself
 * lifts their mean. Records and means are calibrated each for themselves, and once more the larger
 * surprise of the two, so that asking twice costs nothing of the asked rate.
 *
 * <p>What is averaged is nats and not {@code -log p}: among nats the strangest records count for
 * most.
 *
 * @param records k, over which the mean runs, see {@link RecentScores}; in 2..512
 * @param centre mean of held-out statistics, in nats
 * @param spread their standard deviation, in nats, positive
 * @param means calibration of means of standardised statistics
 * @param together calibration of the larger {@code -log p} of record and mean
 */
public record SmoothedCalibration(
    int records, double centre, double spread, Calibration means, Calibration together) {
  /** The longest memory of a series. */
  public static final int MOST_RECORDS = 512;

  private static final int USUAL_RECORDS = 16;

  public SmoothedCalibration {
    requireArgument(
        records >= 2 && records <= MOST_RECORDS,
        "records must lie in 2..%s, got %s",
        MOST_RECORDS,
        records);
    requireArgument(Double.isFinite(centre), "centre must be finite, got %s", centre);
    requireArgument(
        spread > 0 && Double.isFinite(spread),
        "spread must be finite and positive, got %s",
        spread);
    requireArgument(
        means.smoothed().isEmpty() && together.smoothed().isEmpty(),
        "means of means are not calibrated");
  }

  /**
   * Over how many records where nobody says: windows of several records say that the records of a
   * series follow each other, others may be rows in any order.
   */
  public static int usualRecords(int windowLength) {
    return windowLength > 1 ? USUAL_RECORDS : 1;
  }

  /**
   * What a mean is made of: free of the model's own level and unit, so that records which two
   * models have scored, one after the other, can be averaged.
   *
   * @param statistic of one record, in nats
   */
  public double standardised(double statistic) {
    return (statistic - centre) / spread;
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
