package io.nelbo.model.detect;

import static io.nelbo.model.Preconditions.requireArgument;

import io.nelbo.model.calibrate.AlarmBudget;
import io.nelbo.model.calibrate.Calibration;
import io.nelbo.model.calibrate.ChannelCalibrations;
import io.nelbo.model.calibrate.RecentScores;
import io.nelbo.model.scale.Scaler;
import io.nelbo.model.score.ScoredRows;
import java.util.Optional;

/** Says how strange what a model scored is, by its calibration and an alarm budget. */
final class Judge {
  private final Calibration calibration;
  private final Scaler scaler;
  private final AlarmBudget budget;
  private final double borderPValue;
  private final double logBorderPValue;
  private final Calibration alerting;
  private final double logAlertingBorder;

  /**
   * @throws IllegalArgumentException when the calibration cannot keep to the budget
   */
  Judge(Calibration calibration, Scaler scaler, AlarmBudget budget) {
    this.calibration = calibration;
    this.scaler = scaler;
    this.budget = budget;
    borderPValue = calibration.borderPValue(budget.unsmoothed());
    logBorderPValue = Math.log(borderPValue);
    alerting = calibration.alerting(budget);
    logAlertingBorder = Math.log(calibration.borderPValue(budget));
  }

  /** Of the border of single records. */
  double borderPValue() {
    return borderPValue;
  }

  /**
   * Writes what is to be said of one row.
   *
   * @param row of the detections
   * @param scoredRow of what was scored
   * @param logDeterminant what scaling adds to the row's negative log-density, in nats
   */
  void judge(
      Detections detections,
      int row,
      String series,
      ScoredRows scored,
      int scoredRow,
      double logDeterminant) {
    double statistic = statistic(detections, row, series, scored, scoredRow);
    double logPValue = calibration.logPValue(statistic);
    detections.set(
        row,
        scored.reconstruction(scoredRow) + logDeterminant,
        scored.klDivergence(scoredRow),
        statistic,
        Math.exp(logPValue),
        logPValue / logBorderPValue,
        calibration.extrapolated(statistic),
        !scaler.knows(series));
    detections.setExpectedLoss(row, scored.expectedLoss(scoredRow) + logDeterminant);
  }

  /** What is calibrated; what each channel says is noted. */
  private double statistic(
      Detections detections, int row, String series, ScoredRows scored, int scoredRow) {
    Optional<ChannelCalibrations> channels = calibration.channels();
    if (channels.isEmpty()) {
      return scored.statistic(scoredRow) + scaler.scoreOffset(series);
    }
    double[] figures = new double[channels.get().channels().size()];
    for (int channel = 0; channel < figures.length; channel++) {
      figures[channel] = scored.channel(scoredRow, channel);
    }
    double[] surprises = channels.get().surprises(figures);
    detections.setChannels(row, figures, surprises);
    return ChannelCalibrations.statistic(surprises);
  }

  /** Takes the row in, and writes what it says together with the mean over the last records. */
  void smooth(Detections detections, int row, RecentScores recent) {
    requireArgument(
        recent.isOf(budget.smooth()),
        "recent holds %s scores, the budget smooths over %s",
        recent.scores.length,
        budget.smooth());
    if (!detections.observed(row)) {
      recent.add(0);
      return;
    }
    double statistic = detections.statistic(row);
    double mean = recent.add(calibration.smoothed().orElseThrow().standardised(statistic));
    double[] surprises = calibration.surprises(statistic, mean);
    double together = ChannelCalibrations.statistic(surprises);
    double logPValue = alerting.logPValue(together);
    detections.setMean(row, mean, Math.exp(-surprises[1]));
    detections.setSmoothed(row, together, Math.exp(logPValue), logPValue / logAlertingBorder);
  }
}
