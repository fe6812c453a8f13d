package io.nelbo.jobs.decode;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.nelbo.jobs.TestConfig;
import io.nelbo.jobs.config.NelboConfig;
import io.nelbo.jobs.testing.Pictures;
import io.nelbo.schemas.DeadLetterReason;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Messages that are images, and what their headers say. */
final class ImageFormatTest {
  private static final Instant TIME = Instant.parse("2026-12-01T05:11:03.250Z");
  private static final long KAFKA_TIME = TIME.toEpochMilli() + 20;
  private static final byte[] KEY = "key".getBytes(UTF_8);
  private static final byte[] PNG = Pictures.grey("png", 16, 16, 7);

  private final DecodedRecord record = new DecodedRecord();

  @Test
  void seriesAndTimeAreThoseOfTheMessageUnlessHeadersAreNamed() {
    assertThat(decode("", PNG, Map.of("camera", text("c1"), "taken", text("5")))).isTrue();

    assertThat(record.series()).isEqualTo("key");
    assertThat(record.eventTimeMillis()).isEqualTo(KAFKA_TIME);
    assertThat(record.features()).hasSize(256).containsOnly(7);
  }

  @Test
  void headersGiveSeriesAndTimeWhateverTheirCapitals() {
    String headers = ", series-header: camera, time-header: taken";

    assertThat(decode(headers, PNG, Map.of("Camera", text("c1"), "TAKEN", text(TIME.toString()))))
        .isTrue();

    assertThat(record.series()).isEqualTo("c1");
    assertThat(record.eventTimeMillis()).isEqualTo(TIME.toEpochMilli());
  }

  @Test
  void aTimeIsTextInAnyOfTheGrammarsSpellingsOrEightBytes() {
    for (byte[] time :
        new byte[][] {
          text("2026-12-01 05:11:03.25"),
          text(Long.toString(TIME.toEpochMilli())),
          text(" 2026-12-01T06:11:03.25+01:00\n"),
          ByteBuffer.allocate(8).putLong(TIME.toEpochMilli()).array()
        }) {
      assertThat(decode(", time-header: taken", PNG, Map.of("taken", time)))
          .as(record.message())
          .isTrue();

      assertThat(record.eventTimeMillis()).isEqualTo(TIME.toEpochMilli());
    }
  }

  @Test
  void eightDigitsAreTextAndNotEightBytes() {
    refused(
        ", time-header: taken",
        Map.of("taken", text("20261201")),
        DeadLetterReason.NO_TIME,
        "event time in header taken holds \"20261201\", which is no count since 1970");
  }

  @Test
  void aTimeBefore1970AndOneThatIsZeroAreEightBytesToo() {
    for (long millis : new long[] {0, -1, Instant.parse("1905-01-01T00:00:00Z").toEpochMilli()}) {
      byte[] time = ByteBuffer.allocate(8).putLong(millis).array();

      assertThat(decode(", time-header: taken", PNG, Map.of("taken", time))).isTrue();

      assertThat(record.eventTimeMillis()).isEqualTo(millis);
    }
  }

  @Test
  void aHeaderThatIsMissingOrCannotBeReadIsADeadLetterThatNamesIt() {
    byte[] noText = {(byte) 0xff, (byte) 0xfe};
    refused(
        ", series-header: camera",
        Map.of(),
        DeadLetterReason.NO_SERIES,
        "header camera (source.series-header) is missing");
    refused(
        ", series-header: camera",
        Map.of("camera", noText),
        DeadLetterReason.NO_SERIES,
        "series is no UTF-8 text: it is the header camera");
    refused(
        ", series-header: camera",
        Map.of("camera", text(" ")),
        DeadLetterReason.NO_SERIES,
        "series is missing or blank");
    refused(
        ", time-header: taken",
        Map.of(),
        DeadLetterReason.NO_TIME,
        "header taken (source.time-header) is missing");
    refused(
        ", time-header: taken",
        Map.of("taken", noText),
        DeadLetterReason.NO_TIME,
        "event time in header taken has 2 bytes that are no text, must be text or 8 bytes of"
            + " milliseconds");
    refused(
        ", time-header: taken",
        Map.of("taken", text("")),
        DeadLetterReason.NO_TIME,
        "event time is missing: header taken says there is none");
    refused(
        "",
        Map.of("content-type", noText),
        DeadLetterReason.UNPARSEABLE,
        "header content-type is no content type: it must be text of at most 256 bytes, like"
            + " image/jpeg");
  }

  @Test
  void theContentTypeIsOfTheHeaderOrElseOfTheFirstBytes() {
    byte[] raw = new byte[256];

    assertThat(decode("", raw, Map.of("Content-Type", text("image/x-raw; a=b")))).isTrue();
    assertThat(decode("", raw, Map.of())).isFalse();
    assertThat(decode("", PNG, Map.of("content-type", text("image/jpeg")))).isFalse();
    assertThat(decode("", PNG, Map.of("content-type", text("application/json")))).isFalse();
    assertThat(record.message())
        .startsWith("content type is 'application/json', must be image/png");
    assertThat(decode(", content-type-header: kind", raw, Map.of("kind", text("image/x-raw"))))
        .isTrue();
    assertThat(decode(", content-type-header: ''", PNG, Map.of("content-type", text("text/html"))))
        .isTrue();
  }

  @Test
  void anImageOfAnotherKindSaysWhatItIsWithItsSeries() {
    assertThat(decode("", Pictures.grey("png", 32, 24, 1), Map.of())).isFalse();

    assertThat(record.series()).isEqualTo("key");
    assertThat(record.foreignFrame().orElseThrow().against(config("").image().frames()))
        .isEqualTo("32 x 24, the configuration says 16 x 16");
    assertThat(record.foreignFrame().orElseThrow().advice(config("").image().frames()))
        .isEqualTo("set image.height: 32 and image.width: 24, or image.fit: stretch or crop");

    assertThat(decode("", Pictures.colour("png", 16, 16), Map.of())).isFalse();

    assertThat(record.foreignFrame().orElseThrow().against(config("").image().frames()))
        .isEqualTo("colour (3 channels), the configuration says grey (1 channel)");
    assertThat(record.foreignFrame().orElseThrow().advice(config("").image().frames()))
        .isEqualTo("set image.channels: 3, or image.colour: convert");
  }

  private void refused(
      String headers, Map<String, byte[]> given, DeadLetterReason reason, String message) {
    assertThat(decode(headers, PNG, given)).isFalse();
    assertThat(record.reason()).isEqualTo(reason);
    assertThat(record.message()).startsWith(message);
  }

  private boolean decode(String headers, byte[] value, Map<String, byte[]> given) {
    Map<String, byte[]> byName = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    byName.putAll(given);
    return RecordDecoder.of(config(headers)).decode(KEY, value, KAFKA_TIME, byName::get, record);
  }

  private static NelboConfig config(String headers) {
    return TestConfig.of(
        """
        features: []
        image: {height: 16, width: 16}
        source: {topic: t.records, format: image%s}
        """
            .formatted(headers));
  }

  private static byte[] text(String value) {
    return value.getBytes(UTF_8);
  }
}
