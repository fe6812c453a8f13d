package io.nelbo.jobs.demo.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class AlarmHoursTest {
  private static final Instant MIDNIGHT = Instant.parse("2026-01-06T00:00:00Z");

  private final AlarmHours hours = new AlarmHours();

  @Test
  void aFalseAlarmThatLastsCountsOnceInEveryHour() {
    for (int minute = 0; minute < 24 * 60; minute++) {
      hours.add("pump-01", at(minute), minute >= 12 * 60);
      hours.add("pump-02", at(minute), minute == 30 || minute == 31);
    }

    AlarmFigures day = hours.between(MIDNIGHT, at(24 * 60));

    assertThat(day).isEqualTo(new AlarmFigures(2 * 1_440, 720 + 2, 48, 12 + 1));
    assertThat(day.seriesDays()).isEqualTo(2);
    assertThat(day.perSeriesDay()).isEqualTo(6.5);
    assertThat(day.share()).isEqualTo(722.0 / 2_880, within(1e-12));
  }

  @Test
  void whatLiesBeforeOrAfterDoesNotCount() {
    hours.add("pump-01", at(59), true);
    hours.add("pump-01", at(60), false);
    hours.add("pump-01", at(119), true);
    hours.add("pump-01", at(120), true);

    assertThat(hours.between(at(60), at(120))).isEqualTo(new AlarmFigures(2, 1, 1, 1));
  }

  @Test
  void withoutReadingsThereAreNoFalseAlarms() {
    AlarmFigures none = hours.between(at(60), at(0));

    assertThat(none.share()).isZero();
    assertThat(none.perSeriesDay()).isZero();
  }

  private static Instant at(int minute) {
    return MIDNIGHT.plus(Duration.ofMinutes(minute));
  }
}
