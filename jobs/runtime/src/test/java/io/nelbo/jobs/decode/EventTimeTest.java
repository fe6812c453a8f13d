package io.nelbo.jobs.decode;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class EventTimeTest {
  @ParameterizedTest
  @CsvSource({
    "1767323045678,2026-01-02T03:04:05.678Z",
    "1767323045678.9,2026-01-02T03:04:05.678Z",
    "-1,1969-12-31T23:59:59.999Z",
    "0,1970-01-01T00:00:00Z",
    "2026-01-02T03:04:05Z,2026-01-02T03:04:05Z",
    "2026-01-02T03:04:05.678901234Z,2026-01-02T03:04:05.678Z",
    "2026-01-02T03:04:05+02:00,2026-01-02T01:04:05Z",
    "2026-01-02T03:04:05+0200,2026-01-02T01:04:05Z",
    "2026-01-02T03:04:05-02,2026-01-02T05:04:05Z",
    "2026-01-02T03:04:05,2026-01-02T03:04:05Z",
    "2026-01-02 03:04:05,2026-01-02T03:04:05Z",
    "2026-01-02 03:04,2026-01-02T03:04:00Z"
  })
  void readsEpochMillisecondsAndIso(String text, Instant expected) {
    assertThat(Instant.ofEpochMilli(EventTime.parse(text))).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "-",
        ".",
        "1.2.3",
        "soon",
        "2026-01-02",
        "2026-13-02T03:04:05Z",
        "2026-02-30T03:04:05Z",
        "2026-01-02T25:04:05Z",
        "2026-01-02T03:04:05Zulu",
        "99999999999999999999",
        "+999999999-01-01T00:00:00Z",
        "2026-01-0203:04:05",
        "2026-01-02T 03:04:05"
      })
  void anythingElseIsNoTime(String text) {
    assertThat(EventTime.parse(text)).isEqualTo(EventTime.NONE);
  }
}
