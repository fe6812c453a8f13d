package io.nelbo.jobs.decode;

import static io.nelbo.jobs.decode.DecoderAssertions.KAFKA_TIME;
import static io.nelbo.jobs.decode.DecoderAssertions.NAMES;
import static io.nelbo.jobs.decode.DecoderAssertions.TIME;
import static org.assertj.core.api.Assertions.assertThat;

import io.nelbo.jobs.TestConfig;
import io.nelbo.jobs.config.SourceConfig.Format;
import io.nelbo.schemas.DeadLetter;
import io.nelbo.schemas.DeadLetterReason;
import io.nelbo.schemas.wire.SensorRecordWriter;
import io.nelbo.schemas.wire.SingleObject;
import java.time.Instant;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The rules that hold for every format are tested here, on Avro. */
final class AvroDecoderTest {
  private static final float[] FEATURES = {1.5f, Float.NaN, -3f};
  private static final long MILLIS = TIME.toEpochMilli();

  private final DecoderAssertions avro = new DecoderAssertions(Configs.of(Format.AVRO, NAMES));
  private final SensorRecordWriter writer = new SensorRecordWriter();

  @Test
  void readsASensorRecord() {
    DecodedRecord record = avro.accepted(null, writer.write("pump-7", MILLIS, FEATURES, 1));

    assertThat(record.series()).isEqualTo("pump-7");
    assertThat(record.eventTimeMillis()).isEqualTo(MILLIS);
    assertThat(record.features()).isEqualTo(FEATURES);
    assertThat(record.label()).isEqualTo(1);
  }

  @Test
  void readsBackWhateverWasWritten() {
    long seed = System.nanoTime();
    System.out.println("AvroDecoderTest.readsBackWhateverWasWritten: seed " + seed);
    Random random = new Random(seed);

    for (int round = 0; round < 2_000; round++) {
      float[] features = RandomValues.features(random, NAMES.size());
      long time = RandomValues.timeBefore(random, KAFKA_TIME);
      int label = random.nextInt(3) - 1;
      String series = "größe-" + random.nextInt();

      DecodedRecord record = avro.accepted(null, writer.write(series, time, features, label));

      assertThat(record.series()).isEqualTo(series);
      assertThat(record.eventTimeMillis()).isEqualTo(time);
      assertThat(record.features()).isEqualTo(features);
      assertThat(record.label()).isEqualTo(label);
    }
  }

  @Test
  void aTombstoneIsUnparseable() {
    avro.refused(
        (byte[]) null,
        DeadLetterReason.UNPARSEABLE,
        "value is null (a tombstone), a record needs bytes");
  }

  @Test
  void tooManyBytesAreNotEvenLookedAt() {
    avro.refused(
        new byte[1001],
        DeadLetterReason.TOO_LARGE,
        "value has 1001 bytes, source.max-bytes is 1000");
  }

  @Test
  void foreignBytesAreUnparseable() {
    avro.refused(
        "{}",
        DeadLetterReason.UNPARSEABLE,
        "bytes begin with 7b 7d, not with c3 01 of Avro's single-object encoding");
  }

  @Test
  void aCutRecordIsUnparseable() {
    byte[] whole = writer.write("pump-7", MILLIS, FEATURES, 1);

    avro.refused(
        Arrays.copyOf(whole, whole.length - 1),
        DeadLetterReason.UNPARSEABLE,
        "1 bytes are needed where 0 are left");
  }

  @Test
  void anotherSchemaIsUnknown() {
    byte[] foreign =
        SingleObject.of(DeadLetter.class)
            .encode(new DeadLetter(DeadLetterReason.LATE, "", "", 0, 0L, Instant.EPOCH));

    avro.refused(
        foreign,
        DeadLetterReason.UNKNOWN_SCHEMA,
        "schema fingerprint "
            + fingerprint(foreign)
            + " is of no released version of SensorRecord"
            + " (current: "
            + fingerprint(writer.write("", 0, FEATURES, -1))
            + ")");
  }

  @Test
  void aWrongNumberOfFeaturesIsSaid() {
    avro.refused(
        writer.write("pump-7", MILLIS, new float[4], -1),
        DeadLetterReason.WRONG_FEATURES,
        "found 4 features, expected 3");
    avro.refused(
        writer.write("pump-7", MILLIS, new float[0], -1),
        DeadLetterReason.WRONG_FEATURES,
        "found 0 features, expected 3");
  }

  @Test
  void anInfiniteFeatureIsNamed() {
    avro.refused(
        writer.write("pump-7", MILLIS, new float[] {1, Float.NEGATIVE_INFINITY, 2}, -1),
        DeadLetterReason.NOT_FINITE,
        "feature flow is -Infinity as a 32-bit number, must be finite, or NaN where not observed");
  }

  @Test
  void aBlankSeriesIsMissing() {
    avro.refused(
        writer.write(" ", MILLIS, FEATURES, -1),
        DeadLetterReason.NO_SERIES,
        "series is missing or blank");
  }

  @Test
  void timesOutsideThreeCenturiesAreNone() {
    avro.accepted(null, writer.write("pump-7", -1, FEATURES, -1));
    avro.accepted(null, writer.write("pump-7", -2_208_988_800_000L, FEATURES, -1));
    avro.refused(
        writer.write("pump-7", -2_208_988_800_001L, FEATURES, -1),
        DeadLetterReason.NO_TIME,
        "event time holds \"-2208988800001\", which in milliseconds since 1970 is not between"
            + " 1900-01-01T00:00:00Z and 2200-01-01T00:00:00Z (as microseconds"
            + " 1969-12-06T10:23:31.199Z, as nanoseconds 1969-12-31T23:23:11.011Z): see"
            + " source.time-unit, for files --time-unit");
    avro.refused(
        writer.write("pump-7", MILLIS * 1000, FEATURES, -1),
        DeadLetterReason.NO_TIME,
        "event time holds \"1767323045678000\", which in milliseconds since 1970 is not between"
            + " 1900-01-01T00:00:00Z and 2200-01-01T00:00:00Z (as microseconds"
            + " 2026-01-02T03:04:05.678Z, as nanoseconds 1970-01-21T10:55:23.045Z): see"
            + " source.time-unit, for files --time-unit");
  }

  @Test
  void secondsInTheFieldOfMillisecondsAreRecognisedAndOtherNumbersRefused() {
    RecordDecoder unsaid =
        RecordDecoder.of(TestConfig.of("features: [pressure, flow, vibration]\n"));
    DecodedRecord record = new DecodedRecord();

    boolean seconds =
        unsaid.decode(null, writer.write("p", MILLIS / 1000, FEATURES, -1), -1, record);
    long read = record.eventTimeMillis();
    boolean counter = unsaid.decode(null, writer.write("p", 4000, FEATURES, -1), -1, record);

    assertThat(seconds).isTrue();
    assertThat(read).isEqualTo(MILLIS / 1000 * 1000);
    assertThat(counter).isFalse();
    assertThat(record.reason()).isEqualTo(DeadLetterReason.NO_TIME);
    assertThat(record.message()).startsWith("event time holds \"4000\", which is no likely time");
  }

  @Test
  void aTimeFurtherAheadThanTheSkewIsRefused() {
    byte[] value = writer.write("pump-7", MILLIS, FEATURES, -1);

    avro.accepted(null, value, MILLIS - 300_000);
    avro.refused(
        null,
        value,
        MILLIS - 300_001,
        DeadLetterReason.TIME_AHEAD,
        "event time 2026-01-02T03:04:05.678Z is ahead of Kafka timestamp"
            + " 2026-01-02T02:59:05.677Z by more than source.max-skew (PT5M)");
  }

  @Test
  void withoutAKafkaTimestampNothingIsAhead() {
    avro.accepted(null, writer.write("pump-7", MILLIS, FEATURES, -1), -1);
  }

  @Test
  void randomBytesBehindAGoodHeaderNeverDoHarm() {
    long seed = System.nanoTime();
    System.out.println("randomBytesBehindAGoodHeaderNeverDoHarm: seed " + seed);
    Random random = new Random(seed);
    byte[] good = writer.write("pump-7", MILLIS, FEATURES, 1);

    for (int round = 0; round < 100_000; round++) {
      byte[] bytes = new byte[10 + random.nextInt(60)];
      random.nextBytes(bytes);
      System.arraycopy(good, 0, bytes, 0, 10);

      avro.survives(null, bytes);
    }
  }

  private static String fingerprint(byte[] bytes) {
    StringBuilder hex = new StringBuilder();
    for (int i = 9; i >= 2; i--) {
      hex.append("%02x".formatted(bytes[i]));
    }
    return hex.toString();
  }
}
