package io.nelbo.jobs.decode;

import static io.nelbo.jobs.decode.DecoderAssertions.KAFKA_TIME;
import static io.nelbo.jobs.decode.DecoderAssertions.NAMES;
import static io.nelbo.jobs.decode.DecoderAssertions.TIME;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.nelbo.jobs.config.FieldsConfig;
import io.nelbo.jobs.config.SourceConfig.Format;
import io.nelbo.schemas.DeadLetterReason;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class JsonDecoderTest {
  private static final String HEAD = "{\"series\":\"pump-7\",\"time\":1767323045678,";
  private static final String FEATURES =
      "\"features\":{\"pressure\":1.5,\"flow\":2,\"vibration\":-3e-2}}";

  private final DecoderAssertions json = new DecoderAssertions(Configs.of(Format.JSON, NAMES));

  @Test
  void readsFeaturesByName() {
    DecodedRecord record =
        json.accepted(
            HEAD
                + "\"label\":true,\"extra\":{\"pressure\":[9,{}]},"
                + "\"features\":{\"flow\":2,\"stranger\":\"x\",\"pressure\":1.5,"
                + "\"vibration\":-3e-2}}");

    assertThat(record.series()).isEqualTo("pump-7");
    assertThat(record.eventTimeMillis()).isEqualTo(TIME.toEpochMilli());
    assertThat(record.features()).isEqualTo(new float[] {1.5f, 2f, -0.03f});
    assertThat(record.label()).isEqualTo(1);
  }

  @Test
  void readsFeaturesByPosition() {
    DecodedRecord record = json.accepted(HEAD + "\"features\":[1.5,null,-3e-2]}");

    assertThat(record.features()).isEqualTo(new float[] {1.5f, Float.NaN, -0.03f});
    assertThat(record.label()).isEqualTo(-1);
  }

  @Test
  void readsAFlatRecordKeyedByItsSeriesAndTimedByKafka() {
    DecoderAssertions flat = decoder(new FieldsConfig("", "", "", ""));

    DecodedRecord record = flat.accepted("pümp".getBytes(UTF_8), "{\"flow\":2}".getBytes(UTF_8));

    assertThat(record.series()).isEqualTo("pümp");
    assertThat(record.eventTimeMillis()).isEqualTo(KAFKA_TIME);
    assertThat(record.features()).isEqualTo(new float[] {Float.NaN, 2f, Float.NaN});
  }

  @Test
  void aRecordMayBeNothingButItsArrayOfFeatures() {
    DecoderAssertions flat = decoder(new FieldsConfig("", "", "", ""));

    DecodedRecord record = flat.accepted(new byte[] {'k'}, "[1,2,3]".getBytes(UTF_8));

    assertThat(record.features()).isEqualTo(new float[] {1, 2, 3});
  }

  @Test
  void pathsDescendAndMayShareTheirWay() {
    DecoderAssertions deep = decoder(new FieldsConfig("a.id", "a.b.at", "a.b", "a.b.flow"));

    DecodedRecord record =
        deep.accepted("{\"a\":{\"b\":{\"at\":\"2026-01-02T03:04:05.678Z\",\"flow\":1},\"id\":12}}");

    assertThat(record.series()).isEqualTo("12");
    assertThat(record.eventTimeMillis()).isEqualTo(TIME.toEpochMilli());
    assertThat(record.features()).isEqualTo(new float[] {Float.NaN, 1f, Float.NaN});
    assertThat(record.label()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"NaN", "\"NaN\"", "null", "\"nan\""})
  void theseAreNotObserved(String value) {
    DecodedRecord record = json.accepted(HEAD + "\"features\":[1,2," + value + "]}");

    assertThat(record.features()[2]).isNaN();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Infinity", "\"Infinity\"", "1e39", "1e999999999"})
  void theseAreInfinite(String value) {
    json.refused(
        HEAD + "\"features\":[1,2," + value + "]}",
        DeadLetterReason.NOT_FINITE,
        "feature vibration is Infinity as a 32-bit number,"
            + " must be finite, or NaN where not observed");
  }

  @Test
  void everyFeatureMayBeNull() {
    DecodedRecord record = json.accepted(HEAD + "\"features\":{\"flow\":null}}");

    assertThat(record.features()).containsOnly(Float.NaN);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"Flow\":2}", "{}", "null", "7", "\"x\""})
  void atLeastOneFeatureMustBeThere(String features) {
    json.refused(
        HEAD + "\"features\":" + features + "}",
        DeadLetterReason.WRONG_FEATURES,
        "found none of the 3 configured features");
  }

  @ParameterizedTest
  @CsvSource({"'[1,2]',2", "'[1,2,3,[4]]',4", "[],0"})
  void anArrayHasAllFeatures(String features, int found) {
    json.refused(
        HEAD + "\"features\":" + features + "}",
        DeadLetterReason.WRONG_FEATURES,
        "found " + found + " features, expected 3");
  }

  @ParameterizedTest
  @CsvSource({"true,a boolean", "{},an object", "[1],an array"})
  void aFeatureIsANumber(String value, String description) {
    json.refused(
        HEAD + "\"features\":{\"flow\":" + value + "}}",
        DeadLetterReason.WRONG_FEATURES,
        "feature flow is " + description + ", expected a number or null");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"series\":null,", "\"series\":\"\",", ""})
  void aMissingSeriesIsRefused(String series) {
    json.refused(
        "{" + series + "\"time\":5," + FEATURES,
        DeadLetterReason.NO_SERIES,
        "series is missing or blank");
  }

  @Test
  void aSeriesIsAStringOrAWholeNumber() {
    json.refused(
        "{\"series\":1.5,\"time\":5," + FEATURES,
        DeadLetterReason.NO_SERIES,
        "series is a number, expected a string or a whole number");
  }

  @Test
  void aMissingKeyIsAMissingSeries() {
    decoder(new FieldsConfig("", "time", "features", ""))
        .refused(
            "{\"time\":5," + FEATURES, DeadLetterReason.NO_SERIES, "series is missing or blank");
  }

  @Test
  void aKeyMustBeUtf8() {
    decoder(new FieldsConfig("", "time", "features", ""))
        .refused(
            new byte[] {(byte) 0xff},
            ("{\"time\":5," + FEATURES).getBytes(UTF_8),
            KAFKA_TIME,
            DeadLetterReason.UNPARSEABLE,
            "key is not UTF-8");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "\"time\":null,", "\"time\":NaN,", "\"time\":\"\",", "\"time\":\"n/a\","})
  void aMissingTimeIsRefused(String time) {
    json.refused(
        "{\"series\":\"p\"," + time + FEATURES, DeadLetterReason.NO_TIME, "event time is missing");
  }

  @ParameterizedTest
  @CsvSource({"{},an object", "true,a boolean"})
  void aTimeIsANumberOrAString(String time, String description) {
    json.refused(
        "{\"series\":\"p\",\"time\":" + time + "," + FEATURES,
        DeadLetterReason.NO_TIME,
        "event time is " + description + ", expected a number or a string");
  }

  @Test
  void withoutATimeFieldAndAKafkaTimestampThereIsNoTime() {
    decoder(new FieldsConfig("series", "", "features", ""))
        .refused(
            null,
            ("{\"series\":\"p\"," + FEATURES).getBytes(UTF_8),
            -1,
            DeadLetterReason.NO_TIME,
            "event time is missing");
  }

  @Test
  void aTimeMayHaveAFraction() {
    DecodedRecord record = json.accepted("{\"series\":\"p\",\"time\":1.5e3," + FEATURES);

    assertThat(record.eventTimeMillis()).isEqualTo(1500);
  }

  @ParameterizedTest
  @CsvSource({"true,1", "1,1", "false,0", "0,0", "null,-1"})
  void labelsAreTrueFalseOrUnknown(String label, int expected) {
    DecodedRecord record = json.accepted(HEAD + "\"label\":" + label + "," + FEATURES);

    assertThat(record.label()).isEqualTo(expected);
  }

  @Test
  void anyOtherLabelIsRefused() {
    json.refused(
        HEAD + "\"label\":2," + FEATURES,
        DeadLetterReason.UNPARSEABLE,
        "label holds \"2\", which is no label: use 1 or true for anomalous, 0 or false for normal,"
            + " nothing where unknown");
  }

  @Test
  void aKeyThatWeReadMustNotAppearTwice() {
    json.refused(
        HEAD + "\"features\":{\"flow\":1,\"flow\":2}}",
        DeadLetterReason.UNPARSEABLE,
        "key flow appears twice in one object");
    json.accepted("{\"stranger\":1,\"stranger\":2," + HEAD.substring(1) + FEATURES);
  }

  @ParameterizedTest
  @CsvSource({"'',empty", "7,a number", "[1],an array", "\"x\",a string", "null,null"})
  void aRecordIsAnObject(String value, String description) {
    json.refused(
        value,
        DeadLetterReason.UNPARSEABLE,
        "value is " + description + ", expected a JSON object");
  }

  @Test
  void brokenJsonSaysWhere() {
    json.refused(
        "{\"series\":\"p\",,}", DeadLetterReason.UNPARSEABLE, "value is not JSON from byte 14 on");
  }

  @Test
  void nestingHasALimit() {
    decoder(Configs.FIELDS, 10_000)
        .refused(
            "{\"a\":".repeat(1001),
            DeadLetterReason.UNPARSEABLE,
            "value is JSON beyond the limits of depth and length:"
                + " Document nesting depth (1001) exceeds the maximum allowed"
                + " (1000, from `StreamReadConstraints.getMaxNestingDepth()`)");
  }

  @Test
  void nothingFollowsTheRecord() {
    json.refused(
        HEAD + FEATURES + " {}",
        DeadLetterReason.UNPARSEABLE,
        "value has more than one JSON document");
  }

  @Test
  void textMustBeUtf8EvenWhereWeDoNotRead() {
    byte[] value = (HEAD + "\"note\":\"??\"," + FEATURES).getBytes(UTF_8);
    int at = new String(value, UTF_8).indexOf("??");
    value[at] = (byte) 0xc0;
    value[at + 1] = (byte) 0xaf;

    json.refused(value, DeadLetterReason.UNPARSEABLE, "value is not UTF-8");
  }

  @Test
  void oneRecordLeavesNothingBehindForTheNext() {
    json.accepted(HEAD + "\"label\":true," + FEATURES);

    DecodedRecord record = json.accepted("{\"series\":\"q\",\"time\":5,\"features\":{\"flow\":7}}");

    assertThat(record.label()).isEqualTo(-1);
    assertThat(record.features()).isEqualTo(new float[] {Float.NaN, 7f, Float.NaN});
  }

  @Test
  void readsBackWhateverWasWritten() {
    long seed = System.nanoTime();
    System.out.println("JsonDecoderTest.readsBackWhateverWasWritten: seed " + seed);
    Random random = new Random(seed);

    for (int round = 0; round < 2_000; round++) {
      float[] features = RandomValues.features(random, NAMES.size());
      long time = RandomValues.timeBefore(random, KAFKA_TIME);
      boolean label = random.nextBoolean();

      DecodedRecord record = json.accepted(written("größe\\n" + round, time, features, label));

      assertThat(record.series()).isEqualTo("größe\n" + round);
      assertThat(record.eventTimeMillis()).isEqualTo(time);
      assertThat(record.features()).isEqualTo(features);
      assertThat(record.label()).isEqualTo(label ? 1 : 0);
    }
  }

  private static String written(String series, long time, float[] features, boolean label) {
    StringBuilder text = new StringBuilder("{\"features\":{");
    for (int i = features.length - 1; i >= 0; i--) {
      text.append('"').append(NAMES.get(i)).append("\":").append(features[i]).append(',');
    }
    text.setCharAt(text.length() - 1, '}');
    return text + ",\"label\":" + label + ",\"series\":\"" + series + "\",\"time\":" + time + "}";
  }

  private static DecoderAssertions decoder(FieldsConfig fields) {
    return decoder(fields, Configs.MAX_BYTES);
  }

  private static DecoderAssertions decoder(FieldsConfig fields, int maxBytes) {
    return new DecoderAssertions(Configs.of(Format.JSON, fields, maxBytes, NAMES));
  }
}
