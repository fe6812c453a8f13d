package io.nelbo.jobs.decode;

import static io.nelbo.jobs.decode.DecoderAssertions.KAFKA_TIME;
import static io.nelbo.jobs.decode.DecoderAssertions.NAMES;
import static io.nelbo.jobs.decode.DecoderAssertions.TIME;
import static org.assertj.core.api.Assertions.assertThat;

import io.nelbo.jobs.config.SourceConfig.Format;
import io.nelbo.schemas.DeadLetterReason;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CsvDecoderTest {
  private final DecoderAssertions csv = new DecoderAssertions(Configs.of(Format.CSV, NAMES));

  @Test
  void readsALine() {
    DecodedRecord record = csv.accepted("pump-7,1767323045678,1.5, 2 ,-3e-2\r\n");

    assertThat(record.series()).isEqualTo("pump-7");
    assertThat(record.eventTimeMillis()).isEqualTo(TIME.toEpochMilli());
    assertThat(record.features()).isEqualTo(new float[] {1.5f, 2f, -0.03f});
    assertThat(record.label()).isEqualTo(-1);
  }

  @Test
  void readsQuotedCells() {
    DecodedRecord record =
        csv.accepted("\"pump \"\"7\"\", größe\",\"2026-01-02T04:04:05.678+01:00\",1,\"2\",3");

    assertThat(record.series()).isEqualTo("pump \"7\", größe");
    assertThat(record.eventTimeMillis()).isEqualTo(TIME.toEpochMilli());
    assertThat(record.features()).isEqualTo(new float[] {1, 2, 3});
  }

  @Test
  void emptyCellsAndNanAreNotObserved() {
    DecodedRecord record = csv.accepted("pump-7,5,,NaN,nan");

    assertThat(record.features()).containsOnly(Float.NaN);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1e39", "Infinity", "inf", "+Inf"})
  void theseAreInfinite(String value) {
    csv.refused(
        "pump-7,5,1," + value + ",3",
        DeadLetterReason.NOT_FINITE,
        "feature flow is Infinity as a 32-bit number, must be finite, or NaN where not observed");
  }

  @ParameterizedTest
  @CsvSource({
    "x,''",
    "1f,': letters follow its digits, write the number alone'",
    "0x1p3,': write it decimal'",
    "1;5,''",
    "--1,''",
    "1e,': letters follow its digits, write the number alone'"
  })
  void aFeatureIsANumber(String value, String advice) {
    csv.refused(
        "pump-7,5,1," + value + ",3",
        DeadLetterReason.WRONG_FEATURES,
        "feature flow holds \"" + value + "\", which is no number" + advice);
  }

  @ParameterizedTest
  @ValueSource(strings = {"pump-7,5,1,2", "pump-7,5,1,2,3,", "x", "pump-7,5"})
  void aLineHasAllFeatures(String line) {
    int cells = line.split(",", -1).length;

    csv.refused(
        line,
        DeadLetterReason.WRONG_FEATURES,
        "found " + cells + " cells, expected 5: series, time and 3 features");
  }

  @Test
  void aHeaderLineHasNoNumbers() {
    csv.refused(
        "series,time,pressure,flow,vibration",
        DeadLetterReason.WRONG_FEATURES,
        "feature pressure holds \"pressure\", which is no number");
  }

  @Test
  void seriesAndTimeMustBeThere() {
    csv.refused(",5,1,2,3", DeadLetterReason.NO_SERIES, "series is missing or blank");
    csv.refused(
        "x".repeat(257) + ",5,1,2,3",
        DeadLetterReason.NO_SERIES,
        "series has 257 characters, at most 256");
    assertThat(csv.accepted("x".repeat(256) + ",5,1,2,3").series()).hasSize(256);
    csv.refused("pump-7,,1,2,3", DeadLetterReason.NO_TIME, "event time is missing");
  }

  @Test
  void aValueIsOneLine() {
    csv.refused("", DeadLetterReason.UNPARSEABLE, "value is empty, expected one CSV line");
    csv.refused(
        "pump-7,5,1,2,3\npump-7,6,1,2,3",
        DeadLetterReason.UNPARSEABLE,
        "value has more than one CSV line, expected one");
    csv.refused(
        "\"pump-7,5,1,2,3", DeadLetterReason.UNPARSEABLE, "value is not a CSV line of RFC 4180");
  }

  @Test
  void textMustBeUtf8() {
    csv.refused(
        new byte[] {'p', (byte) 0xff, ',', '5'},
        DeadLetterReason.UNPARSEABLE,
        "value is not UTF-8");
  }

  @Test
  void readsBackWhateverWasWritten() {
    long seed = System.nanoTime();
    System.out.println("CsvDecoderTest.readsBackWhateverWasWritten: seed " + seed);
    Random random = new Random(seed);

    for (int round = 0; round < 2_000; round++) {
      float[] features = RandomValues.features(random, NAMES.size());
      long time = RandomValues.timeBefore(random, KAFKA_TIME);

      DecodedRecord record =
          csv.accepted(
              "größe-%d,%d,%s,%s,%s".formatted(round, time, features[0], features[1], features[2]));

      assertThat(record.series()).isEqualTo("größe-" + round);
      assertThat(record.eventTimeMillis()).isEqualTo(time);
      assertThat(record.features()).isEqualTo(features);
    }
  }
}
