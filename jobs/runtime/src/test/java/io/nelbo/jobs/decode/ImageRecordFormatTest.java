package io.nelbo.jobs.decode;

import static org.assertj.core.api.Assertions.assertThat;

import io.nelbo.jobs.TestConfig;
import io.nelbo.jobs.testing.Pictures;
import io.nelbo.schemas.DeadLetterReason;
import io.nelbo.schemas.ImageEncoding;
import io.nelbo.schemas.ImageRecord;
import io.nelbo.schemas.SensorRecord;
import io.nelbo.schemas.wire.SensorRecordWriter;
import io.nelbo.schemas.wire.SingleObject;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Images in {@code ImageRecord}, beside {@code SensorRecord} for numbers. */
final class ImageRecordFormatTest {
  private static final Instant TIME = Instant.parse("2026-12-01T05:11:03.250Z");

  private final SingleObject<ImageRecord> wire = SingleObject.of(ImageRecord.class);
  private final RecordDecoder decoder =
      RecordDecoder.of(
          TestConfig.of(
              """
              features: []
              image: {height: 16, width: 16}
              source: {topic: t.records, format: avro, max-bytes: 8KiB}
              """));
  private final DecodedRecord record = new DecodedRecord();

  @Test
  void readsEveryEncodingWithSeriesTimeAndLabel() {
    for (ImageRecord image :
        new ImageRecord[] {
          image(ImageEncoding.PNG, Pictures.grey("png", 16, 16, 7)),
          image(ImageEncoding.JPEG, Pictures.grey("jpg", 16, 16, 7)),
          raw(16, 16, 1, 256)
        }) {
      assertThat(decode(wire.encode(image))).as(record.message()).isTrue();

      assertThat(record.series()).isEqualTo("camera-3");
      assertThat(record.eventTimeMillis()).isEqualTo(TIME.toEpochMilli());
      assertThat(record.label()).isEqualTo(1);
      assertThat(record.features()).hasSize(256);
    }
  }

  @Test
  void refusesWhatIsNoFrameWithItsReason() {
    refused(raw(0, 0, 1, 256), DeadLetterReason.UNPARSEABLE, "height (0) and width (0) must be");
    refused(raw(16, 16, 1, 255), DeadLetterReason.WRONG_FRAME, "raw frame has 255 bytes, 16 x 16");
    refused(raw(16, -16, 1, 256), DeadLetterReason.UNPARSEABLE, "raw frame claims height 16");
    refused(raw(16, 16, 4, 1024), DeadLetterReason.WRONG_FRAME, "raw frame has 4 channels");
    refused(
        image(ImageEncoding.PNG, Pictures.grey("jpg", 16, 16, 7)),
        DeadLetterReason.UNPARSEABLE,
        "content type is 'image/png', but the image begins as JPEG");
    refused(
        image(ImageEncoding.PNG, Pictures.grey("png", 32, 32, 7)),
        DeadLetterReason.WRONG_FRAME,
        "image has height 32 and width 32");
    assertThat(record.foreignFrame()).isPresent();
    refused(image(ImageEncoding.PNG, new byte[0]), DeadLetterReason.UNPARSEABLE, "image is empty");
    ImageRecord unnamed = image(ImageEncoding.PNG, Pictures.grey("png", 16, 16, 7));
    unnamed.setSeries("");
    refused(unnamed, DeadLetterReason.NO_SERIES, "series is missing or blank");
  }

  @Test
  void aSensorRecordIsOfAnotherSchema() {
    byte[] sensor = new SensorRecordWriter().write("s", TIME.toEpochMilli(), new float[256], -1);

    assertThat(decode(sensor)).isFalse();

    assertThat(record.reason()).isEqualTo(DeadLetterReason.UNKNOWN_SCHEMA);
    assertThat(record.message())
        .contains("of no released version of ImageRecord")
        .doesNotContain(SensorRecord.class.getSimpleName());
  }

  @Test
  void damagedBytesAreReadOrRefusedAndNothingElse() {
    long seed = System.nanoTime();
    System.out.println("damagedBytesAreReadOrRefused: seed " + seed);
    Random random = new Random(seed);
    byte[] good = wire.encode(image(ImageEncoding.PNG, Pictures.grey("png", 16, 16, 7)));

    for (int round = 0; round < 20_000; round++) {
      byte[] bytes = Arrays.copyOf(good, good.length - random.nextInt(2) * round % 20);
      for (int edits = 1 + random.nextInt(4); edits > 0; edits--) {
        bytes[10 + random.nextInt(bytes.length - 10)] = (byte) random.nextInt();
      }
      if (!decode(bytes)) {
        assertThat(record.reason()).isNotEqualTo(DeadLetterReason.UNKNOWN);
        assertThat(record.message()).isNotBlank().hasSizeLessThan(300);
      }
    }
  }

  private void refused(ImageRecord image, DeadLetterReason reason, String message) {
    assertThat(decode(wire.encode(image))).isFalse();
    assertThat(record.message()).startsWith(message);
    assertThat(record.reason()).isEqualTo(reason);
  }

  private boolean decode(byte[] value) {
    return decoder.decode(null, value, TIME.toEpochMilli(), record);
  }

  private static ImageRecord raw(int height, int width, int channels, int bytes) {
    ImageRecord image = image(ImageEncoding.RAW, new byte[bytes]);
    image.setHeight(height);
    image.setWidth(width);
    image.setChannels(channels);
    return image;
  }

  private static ImageRecord image(ImageEncoding encoding, byte[] bytes) {
    return ImageRecord.newBuilder()
        .setSeries("camera-3")
        .setEventTime(TIME)
        .setEncoding(encoding)
        .setImage(ByteBuffer.wrap(bytes))
        .setLabel(true)
        .build();
  }
}
