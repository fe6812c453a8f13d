package io.nelbo.jobs.replay.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.nelbo.jobs.values.EpochUnit;
import io.nelbo.jobs.values.TimeText;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TimeInNameTest {
  private final TimeInName names = new TimeInName(new TimeText(EpochUnit.AUTO, ZoneId.of("UTC")));

  @ParameterizedTest
  @CsvSource({
    "20261201T051103.png, 2026-12-01T05:11:03Z",
    "2026-12-01_05-11-03.jpg, 2026-12-01T05:11:03Z",
    "2026-12-01T05:11:03Z.png, 2026-12-01T05:11:03Z",
    "2026-12-01T06:11:03+01:00.png, 2026-12-01T05:11:03Z",
    "2026-12-01 05.11.03.png, 2026-12-01T05:11:03Z",
    "2026.12.01_05h11m03.png, 2026-12-01T05:11:03Z",
    "20261201051103.png, 2026-12-01T05:11:03Z",
    "20261201051103250.png, 2026-12-01T05:11:03.250Z",
    "IMG_20261201_051103.JPG, 2026-12-01T05:11:03Z",
    "IMG_20261201_051103_250.JPG, 2026-12-01T05:11:03.250Z",
    "cam3-2026-12-01_05-11-03-250-7.png, 2026-12-01T05:11:03.250Z",
    "2026-12-01T0511.png, 2026-12-01T05:11:00Z",
    "2026-12-01_05-11.png, 2026-12-01T05:11:00Z",
    "1796101863.png, 2026-12-01T05:11:03Z",
    "cam-3_1796101863250_grey.png, 2026-12-01T05:11:03.250Z",
    "1796101863250000.png, 2026-12-01T05:11:03.250Z",
    "1796101863250000000.png, 2026-12-01T05:11:03.250Z",
    "0000-part-20261201T051103.png, 2026-12-01T05:11:03Z"
  })
  void readsTheTimeOfDayThatANameHolds(String name, Instant time) {
    assertThat(Instant.ofEpochMilli(names.millis(name))).isEqualTo(time);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "img.png",
        "img0001.png",
        "part-0000000001.png",
        "20261301T051103.png",
        "20261201T251103.png",
        "2026-12-01.png",
        "2026-12-01_0001.png",
        "9999999999999.png",
        "123456789012.png"
      })
  void otherNamesHoldNone(String name) {
    assertThat(names.millis(name)).isEqualTo(TimeText.NONE);
  }

  @Test
  void aDateAloneIsItsMidnightWhereThatWillDo() {
    assertThat(Instant.ofEpochMilli(names.millisOrMidnight("2026-12-01.png")))
        .isEqualTo(Instant.parse("2026-12-01T00:00:00Z"));
    assertThat(names.millisOrMidnight("img.png")).isEqualTo(TimeText.NONE);
  }

  @Test
  void withoutAnOffsetTheZoneCounts() {
    TimeInName berlin = new TimeInName(new TimeText(EpochUnit.AUTO, ZoneId.of("Europe/Berlin")));

    assertThat(Instant.ofEpochMilli(berlin.millis("20261201T051103.png")))
        .isEqualTo(Instant.parse("2026-12-01T04:11:03Z"));
  }
}
