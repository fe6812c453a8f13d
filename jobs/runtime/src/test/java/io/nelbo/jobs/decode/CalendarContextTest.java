package io.nelbo.jobs.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.nelbo.jobs.config.ContextConfig;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class CalendarContextTest {
  private static final float[] MEASURED = {7, Float.NaN};
  private static final float LEAST = 1e-6f;

  @Test
  void theHourTurnsOnceADayAndKnowsItsMinutes() {
    CalendarContext calendar = calendar("UTC", "hour-of-day");

    assertThat(complete(calendar, "2026-03-04T00:00:00Z")).containsExactly(wave(0), within(LEAST));
    assertThat(complete(calendar, "2026-03-04T06:00:00Z"))
        .containsExactly(wave(0.25), within(LEAST));
    assertThat(complete(calendar, "2026-03-04T20:15:00Z"))
        .containsExactly(wave(20.25 / 24), within(LEAST));
    assertThat(complete(calendar, "1969-12-31T12:00:00Z"))
        .containsExactly(wave(0.5), within(LEAST));
  }

  @Test
  void theDayIsTheSameFromMidnightToMidnightAndWeeksBeginOnMonday() {
    CalendarContext calendar = calendar("UTC", "day-of-week");

    assertThat(complete(calendar, "2026-03-02T00:00:00Z")).containsExactly(wave(0), within(LEAST));
    assertThat(complete(calendar, "2026-03-02T23:59:59Z")).containsExactly(wave(0), within(LEAST));
    assertThat(complete(calendar, "2026-03-08T12:00:00Z"))
        .containsExactly(wave(6 / 7.0), within(LEAST));
  }

  @Test
  void theTimeZoneDecidesInSummerAndWinter() {
    CalendarContext berlin = calendar("Europe/Berlin", "hour-of-day");

    assertThat(complete(berlin, "2026-01-15T11:00:00Z")).containsExactly(wave(0.5), within(LEAST));
    assertThat(complete(berlin, "2026-07-15T10:00:00Z")).containsExactly(wave(0.5), within(LEAST));
  }

  @Test
  void agreesWithTheCalendarOfThePlatform() {
    long seed = System.nanoTime();
    System.out.println("CalendarContextTest.agreesWithTheCalendarOfThePlatform: seed " + seed);
    SplittableRandom random = new SplittableRandom(seed);
    ZoneId zone = ZoneId.of("America/St_Johns"); // half an hour off
    CalendarContext calendar = calendar(zone.getId(), "day-of-week", "hour-of-day");
    for (int round = 0; round < 1_000; round++) {
      long millis = random.nextLong(-1_000_000_000_000L, 4_000_000_000_000L);
      ZonedDateTime local = Instant.ofEpochMilli(millis).atZone(zone);

      float[] values = calendar.complete(MEASURED, millis);

      int day = local.getDayOfWeek().getValue() - DayOfWeek.MONDAY.getValue();
      double hour = local.toLocalTime().toNanoOfDay() / 86_400e9;
      assertThat(values).startsWith(MEASURED).hasSize(6);
      assertThat(values[2]).isEqualTo(wave(day / 7.0)[0], within(LEAST));
      assertThat(values[3]).isEqualTo(wave(day / 7.0)[1], within(LEAST));
      assertThat(values[4]).isEqualTo(wave(hour)[0], within(LEAST));
      assertThat(values[5]).isEqualTo(wave(hour)[1], within(LEAST));
    }
  }

  @Test
  void withoutACalendarTheValuesAreNotEvenCopied() {
    CalendarContext none = new CalendarContext(ContextConfig.none());

    assertThat(none.complete(MEASURED, 0)).isSameAs(MEASURED);
  }

  private static CalendarContext calendar(String zone, String... cycles) {
    return new CalendarContext(new ContextConfig(List.of(), List.of(cycles), zone));
  }

  /** What was appended. */
  private static float[] complete(CalendarContext calendar, String time) {
    float[] values = calendar.complete(MEASURED, Instant.parse(time).toEpochMilli());
    assertThat(values).startsWith(MEASURED);
    return new float[] {values[2], values[3]};
  }

  private static float[] wave(double turn) {
    return new float[] {(float) Math.sin(2 * Math.PI * turn), (float) Math.cos(2 * Math.PI * turn)};
  }
}
