package io.nelbo.jobs.values;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TimeTextTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  private final TimeText utc = new TimeText(EpochUnit.AUTO, ZoneOffset.UTC);

  @ParameterizedTest
  @CsvSource({
    "2026-01-02T03:04:05Z,2026-01-02T03:04:05Z",
    "2026-01-02t03:04:05z,2026-01-02T03:04:05Z",
    "2026-01-02T03:04:05.6Z,2026-01-02T03:04:05.600Z",
    "2026-01-02T03:04:05.678901234567Z,2026-01-02T03:04:05.678Z",
    "'2026-01-02 03:04:05,678',2026-01-02T03:04:05.678Z",
    "2026-01-02T03:04:05+02:00,2026-01-02T01:04:05Z",
    "2026-01-02T03:04:05+0200,2026-01-02T01:04:05Z",
    "2026-01-02T03:04:05-02,2026-01-02T05:04:05Z",
    "2026-01-02T03:04:05-0330,2026-01-02T06:34:05Z",
    "2026-01-02 03:04:05 +0100,2026-01-02T02:04:05Z",
    "2026-01-02 03:04:05.123+00,2026-01-02T03:04:05.123Z",
    "2026-01-02 03:04:05 UTC,2026-01-02T03:04:05Z",
    "2026-01-02T03:04:05,2026-01-02T03:04:05Z",
    "2026-01-02 03:04:05,2026-01-02T03:04:05Z",
    "2026-01-02 03:04,2026-01-02T03:04:00Z",
    "2026-01-02,2026-01-02T00:00:00Z",
    "2026/01/02 03:04:05,2026-01-02T03:04:05Z",
    "31.12.2026 23:59:59,2026-12-31T23:59:59Z",
    "1.2.2026,2026-02-01T00:00:00Z",
    "2024-02-29,2024-02-29T00:00:00Z",
    "1969-07-20T20:17:40Z,1969-07-20T20:17:40Z"
  })
  void readsDatesAndTimes(String text, Instant expected) throws Exception {
    assertThat(Instant.ofEpochMilli(utc.millis(text))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "1795910400,2026-11-29T00:00:00Z",
    "1795910400.25,2026-11-29T00:00:00.250Z",
    "1.7959104e9,2026-11-29T00:00:00Z",
    "1767323045.678,2026-01-02T03:04:05.678Z",
    "1767323045.6789999,2026-01-02T03:04:05.678Z",
    "1795910400000,2026-11-29T00:00:00Z",
    "1795910400000.9,2026-11-29T00:00:00Z",
    "1795910400000123,2026-11-29T00:00:00Z",
    "1795910400123456789,2026-11-29T00:00:00.123Z",
    "631152000,1990-01-01T00:00:00Z",
    "3471292799,2079-12-31T23:59:59Z",
    "3471292799999,2079-12-31T23:59:59.999Z"
  })
  void takesTheOneUnitInWhichANumberIsALikelyTime(String number, Instant expected)
      throws Exception {
    assertThat(Instant.ofEpochMilli(utc.millis(number))).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "1",
        "60000",
        "-1",
        "631151999",
        "3471292800",
        "20.5",
        "100000000000",
        "639026000000000000", // a count of 100 ns since the year 1
        "99999999999999999999",
        "1e99",
        "1e-999999999",
        "1e999999999",
        "1e99999999999"
      })
  void aNumberThatIsNoLikelyTimeInAnyUnitIsRefused(String number) {
    assertThatThrownBy(() -> utc.millis(number))
        .isInstanceOf(ValueFormatException.class)
        .hasMessageStartingWith("holds \"" + number + "\", which is no")
        .hasMessageContaining("in any unit");
  }

  @Test
  void whatARefusedNumberWouldMeanIsSaid() {
    assertThatThrownBy(() -> utc.millis(60_000))
        .hasMessage(
            "holds \"60000\", which is no likely time since 1970 in any unit (as seconds"
                + " 1970-01-01T16:40:00Z, as milliseconds 1970-01-01T00:01:00Z): if one of them is"
                + " meant, say so in source.time-unit, for files --time-unit");
    assertThatThrownBy(() -> utc.millis("46387"))
        .hasMessageEndingWith("; as a day of a spreadsheet it is 2026-12-31: export it as a date");
    assertThatThrownBy(() -> utc.millis("20261231235959"))
        .hasMessage(
            "holds \"20261231235959\", which is no count since 1970; if it is a date, write it like"
                + " 2026-12-31T23:59:59Z");
    assertThatThrownBy(() -> numbers(EpochUnit.SECONDS).millis(1_795_910_400_000L))
        .hasMessage(
            "holds \"1795910400000\", which in seconds since 1970 is not between"
                + " 1900-01-01T00:00:00Z and 2200-01-01T00:00:00Z (as milliseconds"
                + " 2026-11-29T00:00:00Z, as microseconds 1970-01-21T18:51:50.400Z): see"
                + " source.time-unit, for files --time-unit");
  }

  @Test
  void aUnitThatIsSaidHoldsForUnlikelyTimesToo() throws Exception {
    assertThat(numbers(EpochUnit.MILLISECONDS).millis("60000")).isEqualTo(60_000);
    assertThat(numbers(EpochUnit.MILLISECONDS).millis(-1)).isEqualTo(-1);
    assertThat(numbers(EpochUnit.SECONDS).millis("1.5")).isEqualTo(1500);
    assertThat(numbers(EpochUnit.MICROSECONDS).millis(-1)).isEqualTo(-1);
    assertThat(numbers(EpochUnit.NANOSECONDS).millis(1_000_000)).isEqualTo(1);
    assertThat(numbers(EpochUnit.SECONDS).millis("0")).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "-", "NA", "null", "NaN", "n/a", "\\N"})
  void aMissingValueIsNoTime(String text) throws Exception {
    assertThat(utc.millis(text)).isEqualTo(TimeText.NONE);
  }

  @ParameterizedTest
  @CsvSource({
    "soon,use ISO-8601",
    ".,use ISO-8601",
    "1.2.3,use ISO-8601",
    "2026-13-02T03:04:05Z,use ISO-8601",
    "2026-02-30T03:04:05Z,use ISO-8601",
    "2026-01-02T25:04:05Z,use ISO-8601",
    "2026-01-02T03:04:60Z,use ISO-8601",
    "2026-01-02T03:04:05.Z,use ISO-8601",
    "2026-01-02T03:04.5Z,use ISO-8601",
    "2026-01-02T03:04:05Zulu,write its offset",
    "2026-01-02 03:04:05 CET,write its offset",
    "2026-01-02T03:04:05+19:00,use ISO-8601",
    "+999999999-01-01T00:00:00Z,use ISO-8601",
    "2026-01-0203:04:05,use ISO-8601",
    "2026-01-02T 03:04:05,use ISO-8601",
    "12/31/2026,whether day or month comes first cannot be told",
    "01/02/2026 10:00:00,whether day or month comes first cannot be told",
    "01-02-2026 10:00,whether day or month comes first cannot be told",
    "31.12.26 10:00,write the year with four digits",
    "12/31/2026 11:59:59 PM,write hours from 00 to 23",
    "20260102T030405Z,write it with dashes and colons",
    "10:20:30,it has no date",
    "'1795910400,25',is that a decimal comma? Write 1795910400.25"
  })
  void anythingElseIsRefusedWithAdvice(String text, String advice) {
    assertThatThrownBy(() -> utc.millis(text))
        .isInstanceOf(ValueFormatException.class)
        .hasMessageStartingWith("holds \"" + text + "\", which is no time: " + advice);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1899-12-31T23:59:59Z", "2200-01-01", "2500-01-01T00:00:00Z"})
  void aDateThatNoRecordCanHaveIsRefused(String text) {
    assertThatThrownBy(() -> utc.millis(text))
        .hasMessage(
            "holds \"%s\", which is not between 1900-01-01T00:00:00Z and 2200-01-01T00:00:00Z"
                .formatted(text));
  }

  @Test
  void aTimeWithoutAnOffsetIsThatOfTheZone() throws Exception {
    TimeText berlin = new TimeText(EpochUnit.AUTO, BERLIN);

    assertThat(at(berlin, "2026-07-01 12:00:00")).isEqualTo("2026-07-01T10:00:00Z");
    assertThat(at(berlin, "2026-01-01")).isEqualTo("2025-12-31T23:00:00Z");
    assertThat(at(berlin, "2026-07-01 12:00:00Z")).isEqualTo("2026-07-01T12:00:00Z");
    assertThat(at(berlin, "2026-10-25 02:30:00"))
        .as("first pass")
        .isEqualTo("2026-10-25T00:30:00Z");
    assertThat(at(berlin, "2026-03-29 02:30:00")).as("skipped").isEqualTo("2026-03-29T01:30:00Z");
  }

  @Test
  void rowsInOrderTellWhichPassOfADoubledHourIsMeant() throws Exception {
    TimeText berlin = new TimeText(EpochUnit.AUTO, BERLIN);
    RowClock rows = new RowClock(BERLIN);
    StringBuilder read = new StringBuilder();

    for (String time :
        new String[] {"01:30", "02:00", "02:00", "02:30", "02:00", "02:30", "03:00"}) {
      long millis = berlin.millis("2026-10-25 " + time, rows);
      rows.saw(millis);
      read.append(Instant.ofEpochMilli(millis).toString(), 11, 16).append(' ');
    }

    assertThat(read.toString()).isEqualTo("23:30 00:00 00:00 00:30 01:00 01:30 02:00 ");
  }

  @Test
  void hourlyRowsRepeatTheTimeOfADoubledHour() throws Exception {
    TimeText berlin = new TimeText(EpochUnit.AUTO, BERLIN);
    RowClock rows = new RowClock(BERLIN);
    StringBuilder read = new StringBuilder();

    for (String time : new String[] {"00:00", "01:00", "02:00", "02:00", "03:00"}) {
      long millis = berlin.millis("2026-10-25 " + time, rows);
      rows.saw(millis);
      read.append(Instant.ofEpochMilli(millis).toString(), 11, 16).append(' ');
    }

    assertThat(read.toString()).isEqualTo("22:00 23:00 00:00 01:00 02:00 ");
  }

  private static TimeText numbers(EpochUnit unit) {
    return new TimeText(unit, ZoneOffset.UTC);
  }

  private static String at(TimeText times, String text) throws Exception {
    return Instant.ofEpochMilli(times.millis(text)).toString();
  }
}
