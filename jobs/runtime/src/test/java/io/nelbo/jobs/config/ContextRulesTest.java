package io.nelbo.jobs.config;

import static io.nelbo.jobs.config.SmallestConfig.SMALLEST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** What a configuration may say of the circumstances. */
final class ContextRulesTest {
  @Test
  void readsTheContextAndNamesItsColumns() {
    String yaml =
        SMALLEST
            + """
            context:
              fields: [load, mode]
              calendar: [hour-of-day, day-of-week]
              time-zone: Europe/Berlin
            """;

    NelboConfig config = SmallestConfig.parse(yaml);

    assertThat(config.measured()).containsExactly("pressure", "flow", "load", "mode");
    assertThat(config.columns().features()).containsExactly("pressure", "flow");
    assertThat(config.columns().contextNames())
        .containsExactly(
            "load",
            "mode",
            "sine of hour-of-day in Europe/Berlin",
            "cosine of hour-of-day in Europe/Berlin",
            "sine of day-of-week in Europe/Berlin",
            "cosine of day-of-week in Europe/Berlin");
    assertThat(SmallestConfig.parse(SMALLEST).context()).isEqualTo(ContextConfig.none());
  }

  @Test
  void namesEveryProblemOfAContextAtOnce() {
    String yaml =
        SMALLEST
            + """
            context:
              fields: [load, flow, load, '']
              calendar: [hour, day-of-week, day-of-week]
              time-zone: Middle/Earth
            """;

    assertThatThrownBy(() -> SmallestConfig.parse(yaml))
        .hasMessageContaining("context.fields names 'load' twice")
        .hasMessageContaining("context.fields must not hold an empty name")
        .hasMessageContaining(
            "context.fields names 'flow', which is a feature: a value is judged or it is not")
        .hasMessageContaining("context.calendar must name hour-of-day or day-of-week, got 'hour'")
        .hasMessageContaining("context.calendar names 'day-of-week' twice")
        .hasMessageContaining(
            "context.time-zone must be a time zone like Europe/Berlin, UTC or +01:00, got"
                + " 'Middle/Earth'");
  }

  @Test
  void advisesOfATimeZoneThatNothingAsksFor() {
    String zone = SMALLEST + "context: {time-zone: Asia/Tokyo}\n";
    NelboConfig perRecord = SmallestConfig.parse(zone);
    NelboConfig perDay = SmallestConfig.parse(zone + "alert: {false-alarms-per-series-day: 0.1}\n");

    assertThat(ConfigAdvice.of(perDay)).isEqualTo(ConfigAdvice.of(perRecord));
    assertThat(ConfigAdvice.of(perRecord))
        .containsExactly(
            "context.time-zone (Asia/Tokyo) changes nothing: context.calendar names neither"
                + " hour-of-day nor day-of-week");
  }
}
