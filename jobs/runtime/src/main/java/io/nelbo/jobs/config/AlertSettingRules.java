package io.nelbo.jobs.config;

import io.nelbo.model.calibrate.SmoothedCalibration;
import java.util.List;

/** What the section {@code alert} may hold. */
final class AlertSettingRules {
  private static final int MOST_PER_DAY = 10_000;

  private AlertSettingRules() {}

  static void check(AlertConfig alert, Violations broken) {
    double perDay = alert.falseAlarmsPerSeriesDay();
    double rate = alert.falseAlarmRate();
    broken.require(
        perDay >= 0 && perDay <= MOST_PER_DAY,
        "alert.false-alarms-per-series-day",
        "must be positive and at most " + MOST_PER_DAY + ", or 0 for alert.false-alarm-rate",
        perDay);
    if (perDay > 0 && rate != 0) {
      broken.violate(
          List.of("alert.false-alarms-per-series-day", "alert.false-alarm-rate"),
          "alert.false-alarms-per-series-day (%s) and alert.false-alarm-rate (%s) are two units of"
              + " one budget: give one of them",
          perDay,
          rate);
    } else if (perDay == 0 && !(rate > 0 && rate < 0.5)) {
      broken.violate(
          List.of("alert.false-alarm-rate", "alert.false-alarms-per-series-day"),
          "alert.false-alarm-rate must lie in (0, 0.5), got '%s'",
          rate);
    }
    broken.positive(alert.episodeGap(), "alert.episode-gap");
    broken.within(alert.smooth(), 1, SmoothedCalibration.MOST_RECORDS, "alert.smooth");
    broken.atLeast(alert.top(), 1, "alert.top");
  }
}
