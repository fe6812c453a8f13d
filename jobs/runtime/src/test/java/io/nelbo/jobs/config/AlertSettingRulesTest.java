package io.nelbo.jobs.config;

import static io.nelbo.jobs.config.SmallestConfig.SMALLEST;
import static io.nelbo.jobs.config.SmallestConfig.problemsOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.nelbo.model.calibrate.AlarmBudget;
import org.junit.jupiter.api.Test;

/** How many false alarms a configuration may ask for. */
final class AlertSettingRulesTest {
  @Test
  void theAlarmBudgetIsPerRecordUnlessItIsAskedForPerSeriesAndDay() {
    AlertConfig byDefault = SmallestConfig.parse(SMALLEST).alert();
    AlertConfig perDay =
        SmallestConfig.parse(
                SMALLEST + "alert: {false-alarms-per-series-day: 0.1, episode-gap: 5m}\n")
            .alert();

    assertThat(byDefault.budget()).isEqualTo(new AlarmBudget.RecordRate(0.001));
    assertThat(perDay.budget()).isEqualTo(new AlarmBudget.EpisodeRate(0.1, 300_000));
    assertThat(perDay.falseAlarmRate()).isZero();
  }

  @Test
  void theAlarmBudgetIsOfMeansOverSoManyRecordsAsAreSmoothedOver() {
    AlertConfig smoothed = SmallestConfig.parse(SMALLEST + "alert: {smooth: 8}\n").alert();

    assertThat(smoothed.budget()).isEqualTo(new AlarmBudget.RecordRate(0.001, 8));
    assertThat(smoothed.rules().smooth()).isEqualTo(8);
    assertThat(problemsOf(SMALLEST + "alert: {smooth: 513}\n"))
        .containsExactly("line 7: alert.smooth must lie in 1..512, got '513'");
  }

  @Test
  void advisesOfMoreSmoothingThanTheFirstRowsCanBeCalibratedFor() {
    String rows = SMALLEST + "retrain: {min-rows: 10000}\nalert: {smooth: %d}\n";
    NelboConfig single = SmallestConfig.parse(rows.formatted(1));
    NelboConfig means = SmallestConfig.parse(rows.formatted(8));

    assertThat(ConfigAdvice.of(single)).isEmpty();
    assertThat(ConfigAdvice.of(means))
        .containsExactly(
            "retrain.min-rows (10000) is too small for alert.false-alarm-rate (0.001): a fifth of"
                + " the rows calibrates, in means over 8 (alert.smooth), so the first model alarms"
                + " at about 0.0040; 40000 rows would do");
  }

  @Test
  void whatIsPrintedOfAnAlarmBudgetPerSeriesAndDayIsReadBack() {
    NelboConfig perDay =
        SmallestConfig.parse(SMALLEST + "alert: {false-alarms-per-series-day: 0.1}\n");

    assertThat(SmallestConfig.parse(new ConfigPrinter().effective(perDay))).isEqualTo(perDay);
  }

  @Test
  void anAlarmBudgetHasOneUnit() {
    String both = "alert: {false-alarm-rate: 0.01, false-alarms-per-series-day: 0.1}\n";

    assertThat(problemsOf(SMALLEST + both))
        .containsExactly(
            "line 7: alert.false-alarms-per-series-day (0.1) and alert.false-alarm-rate (0.01) are"
                + " two units of one budget: give one of them");
    assertThat(problemsOf(SMALLEST + "alert: {false-alarms-per-series-day: -1}\n"))
        .containsExactly(
            "line 7: alert.false-alarms-per-series-day must be positive and at most 10000, or 0 for"
                + " alert.false-alarm-rate, got '-1.0'");
    assertThat(problemsOf(SMALLEST + "alert: {false-alarms-per-series-day: few}\n"))
        .containsExactly("line 7: alert.false-alarms-per-series-day must be a number, got 'few'");
  }
}
