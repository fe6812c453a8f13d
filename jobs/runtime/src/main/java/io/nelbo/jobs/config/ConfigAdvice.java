package io.nelbo.jobs.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Settings that are allowed but will not give what they ask for. */
public final class ConfigAdvice {
  /** Share of a span's records that calibrate, see {@code io.nelbo.model.train.BlockSplit}. */
  private static final double CALIBRATION_SHARE = 0.2;

  private ConfigAdvice() {}

  /** Each in one sentence; empty when there is nothing to say. */
  public static List<String> of(NelboConfig config) {
    List<String> advice = new ArrayList<>();
    double rate = config.alert().falseAlarmRate();
    int rows = config.retrain().minRows();
    double means = CALIBRATION_SHARE * rows / config.alert().smooth(); // that share no record
    // With a budget per series and day, how long the rows watch is known when they are there.
    if (!config.alert().isPerSeriesDay() && means * rate < 1) {
      advice.add(
          String.format(
              Locale.ROOT,
              "retrain.min-rows (%d) is too small for alert.false-alarm-rate (%s): a fifth of the"
                  + " rows calibrates%s, so the first model alarms at about %.2g; %.0f rows would"
                  + " do",
              rows,
              rate,
              config.alert().smooth() == 1
                  ? ""
                  : ", in means over %d (alert.smooth)".formatted(config.alert().smooth()),
              1 / (means + 1),
              Math.ceil(config.alert().smooth() / (CALIBRATION_SHARE * rate))));
    }
    Duration delay = config.model().activationDelay();
    Duration commit = config.retrain().checkpointInterval();
    if (config.job().guarantee() == JobConfig.Guarantee.EXACTLY_ONCE
        && delay.compareTo(commit) <= 0) {
      advice.add(
          String.format(
              Locale.ROOT,
              "model.activation-delay (%s) should exceed retrain.checkpoint-interval (%s): a new"
                  + " model is announced when a checkpoint commits, and would govern records that"
                  + " have been scored by then",
              ValueText.format(delay),
              ValueText.format(commit)));
    }
    if (config.context().calendar().isEmpty() && !config.context().timeZone().equals("UTC")) {
      advice.add(
          "context.time-zone (%s) changes nothing: context.calendar names neither %s"
              .formatted(
                  config.context().timeZone(), String.join(" nor ", CalendarCycle.settingNames())));
    }
    advice.addAll(IdleSettings.of(config));
    return advice;
  }
}
