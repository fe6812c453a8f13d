package io.nelbo.jobs.decode;

import static io.nelbo.jobs.decode.DecoderAssertions.TIME;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.nelbo.jobs.config.ContextConfig;
import io.nelbo.jobs.config.NelboConfig;
import io.nelbo.jobs.config.SourceConfig.Format;
import io.nelbo.schemas.DeadLetterReason;
import io.nelbo.schemas.wire.SensorRecordWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Features, then context fields, then what the time tells: in every format. */
final class ContextDecoderTest {
  private static final ContextConfig CONTEXT =
      new ContextConfig(List.of("load", "mode"), List.of("hour-of-day"), "Europe/Berlin");
  private static final long MILLIS = TIME.toEpochMilli();

  private final float[] expected =
      new CalendarContext(CONTEXT).complete(new float[] {1.5f, 42, Float.NaN}, MILLIS);
  private final DecoderAssertions json = new DecoderAssertions(config(Format.JSON));
  private final DecoderAssertions csv = new DecoderAssertions(config(Format.CSV));
  private final DecoderAssertions avro = new DecoderAssertions(config(Format.AVRO));
  private final SensorRecordWriter writer = new SensorRecordWriter();

  @Test
  void readsThemFromAJsonObjectAndFromAnArray() {
    String object =
        """
        {"series": "p", "time": "%s", "features": {"load": 42, "mode": null, "flow": 1.5}}
        """
            .formatted(TIME);
    String array =
        """
        {"series": "p", "time": "%s", "features": [1.5, 42, null]}
        """
            .formatted(TIME);

    assertThat(json.accepted(object).features()).isEqualTo(expected);
    assertThat(json.accepted(array).features()).isEqualTo(expected);
  }

  @Test
  void readsThemFromACsvLine() {
    assertThat(csv.accepted("p,%s,1.5,42,".formatted(TIME)).features()).isEqualTo(expected);
  }

  @Test
  void readsThemFromASensorRecord() {
    byte[] bytes = writer.write("p", MILLIS, new float[] {1.5f, 42, Float.NaN}, -1);

    assertThat(avro.accepted(null, bytes).features()).isEqualTo(expected);
  }

  @Test
  void judgesWhatWasReadElsewhereAlike() {
    DecodedRecord record = new DecodedRecord();

    RecordDecoder.of(config(Format.JSON))
        .judge("p", MILLIS, new float[] {1.5f, 42, Float.NaN}, -1, record);

    assertThat(record.features()).isEqualTo(expected);
  }

  @Test
  void contextAloneIsNoRecord() {
    json.refused(
        "{\"series\": \"p\", \"time\": \"%s\", \"features\": {\"load\": 42}}".formatted(TIME),
        DeadLetterReason.WRONG_FEATURES,
        "found none of the 1 configured features");
  }

  @Test
  void malformedContextIsRefusedByItsName() {
    json.refused(
        "{\"series\": \"p\", \"time\": 1, \"features\": {\"flow\": 1, \"load\": \"high\"}}",
        DeadLetterReason.WRONG_FEATURES,
        "context field load holds \"high\", which is no number");
    csv.refused(
        "p,%s,1.5,high,1".formatted(TIME),
        DeadLetterReason.WRONG_FEATURES,
        "context field load holds \"high\", which is no number");
    avro.refused(
        null,
        writer.write("p", MILLIS, new float[] {1, 2, Float.POSITIVE_INFINITY}, -1),
        MILLIS,
        DeadLetterReason.NOT_FINITE,
        "context field mode is Infinity as a 32-bit number, must be finite, or NaN where not"
            + " observed");
  }

  @Test
  void aWrongNumberOfValuesSaysWhatWasExpected() {
    avro.refused(
        null,
        writer.write("p", MILLIS, new float[] {1}, -1),
        MILLIS,
        DeadLetterReason.WRONG_FEATURES,
        "found 1 values, expected 3: 1 features and 2 context fields");
    json.refused(
        "{\"series\": \"p\", \"time\": 1, \"features\": [1, 2]}".getBytes(UTF_8),
        DeadLetterReason.WRONG_FEATURES,
        "found 2 values, expected 3: 1 features and 2 context fields");
    csv.refused(
        "p,%s,1".formatted(TIME),
        DeadLetterReason.WRONG_FEATURES,
        "found 3 cells, expected 5: series, time, 1 features and 2 context fields");
  }

  private static NelboConfig config(Format format) {
    return Configs.of(format, List.of("flow"), CONTEXT);
  }
}
