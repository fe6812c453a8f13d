package io.nelbo.model.calibrate;

import static io.nelbo.model.Preconditions.requireArgument;

import java.io.Serializable;

/** How many false alarms the user puts up with, in the unit that was asked in. */
public sealed interface AlarmBudget extends Serializable {
  /** Over how many records a mean alarms too, in 1..512; 1 lets each speak for itself. */
  int smooth();

  /** The same of single records. */
  AlarmBudget unsmoothed();

  /** What is asked for, in its own unit. */
  double asked();

  /** The unit, in words that follow a number. */
  String unit();

  /**
   * Per record.
   *
   * @param rate share of normal records that may alarm, in (0, 0.5)
   * @param smooth see {@link AlarmBudget#smooth()}
   */
  record RecordRate(double rate, int smooth) implements AlarmBudget {
    public RecordRate {
      requireArgument(rate > 0 && rate < 0.5, "falseAlarmRate must lie in (0, 0.5), got %s", rate);
      SmoothedCalibration.requireSmooth(smooth);
    }

    public RecordRate(double rate) {
      this(rate, 1);
    }

    @Override
    public AlarmBudget unsmoothed() {
      return new RecordRate(rate);
    }

    @Override
    public double asked() {
      return rate;
    }

    @Override
    public String unit() {
      return "as the false-alarm rate";
    }
  }

  /**
   * Per series and day.
   *
   * @param perSeriesDay episodes that may open while one normal series is watched for a day,
   *     positive
   * @param gapMillis event time without an anomaly that ends an episode
   * @param smooth see {@link AlarmBudget#smooth()}
   */
  record EpisodeRate(double perSeriesDay, long gapMillis, int smooth) implements AlarmBudget {
    public EpisodeRate {
      requireArgument(
          perSeriesDay > 0 && Double.isFinite(perSeriesDay),
          "falseAlarmsPerSeriesDay must be finite and positive, got %s",
          perSeriesDay);
      requireArgument(gapMillis > 0, "gapMillis must be positive, got %s", gapMillis);
      SmoothedCalibration.requireSmooth(smooth);
    }

    public EpisodeRate(double perSeriesDay, long gapMillis) {
      this(perSeriesDay, gapMillis, 1);
    }

    @Override
    public AlarmBudget unsmoothed() {
      return new EpisodeRate(perSeriesDay, gapMillis);
    }

    @Override
    public double asked() {
      return perSeriesDay;
    }

    @Override
    public String unit() {
      return "false alarms per series and day";
    }
  }
}
