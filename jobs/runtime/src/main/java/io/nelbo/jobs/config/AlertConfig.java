package io.nelbo.jobs.config;

import io.nelbo.model.calibrate.AlarmBudget;
import io.nelbo.model.calibrate.AlertRules;
import io.nelbo.model.calibrate.RecentScores;
import java.io.Serializable;
import java.time.Duration;

/** When to wake somebody. */
public record AlertConfig(
    @Setting(
            means = "share of normal records that may alarm, in (0, 0.5)",
            fallback = "0.001",
            insteadOf = "alert.false-alarms-per-series-day")
        double falseAlarmRate,
    @Setting(
            means =
                "instead of the rate: episodes that may open per normal series and day, like 0.1;"
                    + " 0 is off",
            fallback = "0")
        double falseAlarmsPerSeriesDay,
    @Setting(means = "event time without an anomaly that ends an episode", fallback = "10m")
        Duration episodeGap,
    @Setting(
            means =
                "records over which an exponentially weighted mean alarms too, 1 to 512; 1 lets each"
                    + " speak for itself",
            fallback = "<16, or 1 with window.length: 1>")
        int smooth,
    @Setting(means = "features named in an event, worst first", fallback = "3") int top)
    implements Serializable {
  /** How many false alarms there may be, in the unit of whichever of the two settings is used. */
  public AlarmBudget budget() {
    return isPerSeriesDay()
        ? new AlarmBudget.EpisodeRate(falseAlarmsPerSeriesDay, episodeGap.toMillis(), smooth)
        : new AlarmBudget.RecordRate(falseAlarmRate, smooth);
  }

  /** Whether the budget is asked per series and day, and not per record. */
  public boolean isPerSeriesDay() {
    return falseAlarmsPerSeriesDay > 0;
  }

  /** Records that decide together whether one of them alarms. */
  public int memory() {
    return smooth == 1 ? 1 : RecentScores.memory(smooth);
  }

  /** What calibration has to know of alerting. */
  public AlertRules rules() {
    return new AlertRules(episodeGap, smooth);
  }
}
