package io.nelbo.jobs.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.nelbo.jobs.TestConfig;
import io.nelbo.jobs.config.ConfigLoader;
import io.nelbo.jobs.config.NelboConfig;
import io.nelbo.jobs.stream.Decoded;
import io.nelbo.jobs.testing.LogLines;
import io.nelbo.jobs.testing.Pictures;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

final class RecordDeserializerTest {
  private static final long NOON = 1_700_000_000_000L;

  @Test
  void aFeatureThatNoRecordHasIsNamedBesideTheFieldsThatTheyHave() throws Exception {
    NelboConfig config =
        new ConfigLoader()
            .parse(
                """
                detector: pump
                features: [pressure, temperatur]
                kafka: {bootstrap-servers: "localhost:9092"}
                source: {topic: plant.pumps, format: json}
                model: {store: /var/nelbo}
                """,
                "test");
    RecordDeserializer deserializer = new RecordDeserializer(config);
    deserializer.open();
    LogLines log = LogLines.fromNowOn();

    for (int i = 0; i < 20_000; i++) {
      byte[] value =
          "{\"series\": \"p1\", \"time\": %d, \"pressure\": 3.5, \"temperature\": 80}"
              .formatted(NOON + i)
              .getBytes(UTF_8);
      assertThat(
              deserializer
                  .decoded(new ConsumerRecord<>("plant.pumps", 0, i, null, value))
                  .isRejected())
          .isFalse();
    }

    assertThat(log.lines())
        .contains(
            "never observed in 10,000 records of plant.pumps: temperatur; is the name right? fields"
                + " seen: series, time, pressure, temperature")
        .filteredOn(line -> line.startsWith("never observed"))
        .hasSize(1);
  }

  @Test
  void aCameraOfAnotherSizeIsNamedAtOnceAndOnce() throws Exception {
    RecordDeserializer deserializer = images();
    LogLines log = LogLines.fromNowOn();

    for (int i = 0; i < 20; i++) {
      deserializer.decoded(image(i, "camera-1", Pictures.grey("png", 64, 64, 9)));
      deserializer.decoded(image(i, "camera-3", Pictures.grey("png", 128, 128, 9)));
      deserializer.decoded(image(i, "camera-4", Pictures.grey("gif", 64, 64, 9)));
    }

    String rest =
        "; what is sent so is a dead letter (WRONG_FRAME), a detector takes frames of one size:"
            + " keep cameras of other kinds in topics of their own";
    assertThat(log.lines().stream().filter(line -> line.startsWith("camera-")))
        .containsExactly(
            "camera-3 sends 128 x 128, the configuration says 64 x 64; set image.height: 128 and"
                + " image.width: 128, or image.fit: stretch or crop"
                + rest,
            "camera-4 sends what is no frame: image is a GIF, PNG, JPEG and raw frames are read"
                + rest);
  }

  @Test
  void headersOfAMessageSayWhichCameraAndWhen() {
    RecordDeserializer deserializer = images();
    ConsumerRecord<byte[], byte[]> message = image(0, "", Pictures.grey("png", 64, 64, 9));
    message.headers().add("Camera", "c0".getBytes(UTF_8)).add("camera", "c1".getBytes(UTF_8));
    message.headers().add("camera", null);

    Decoded decoded = deserializer.decoded(message);

    assertThat(decoded.wellFormed().series()).isEqualTo("c1");
  }

  private static ConsumerRecord<byte[], byte[]> image(long offset, String key, byte[] value) {
    ConsumerRecord<byte[], byte[]> message =
        new ConsumerRecord<>(
            "line.frames",
            0,
            offset,
            NOON,
            TimestampType.CREATE_TIME,
            -1,
            -1,
            key.getBytes(UTF_8),
            value,
            new RecordHeaders(),
            Optional.empty());
    if (!key.isEmpty()) {
      message.headers().add("camera", key.getBytes(UTF_8));
    }
    return message;
  }

  private static RecordDeserializer images() {
    RecordDeserializer deserializer =
        new RecordDeserializer(
            TestConfig.of(
                """
                features: []
                image: {height: 64, width: 64}
                source: {topic: line.frames, format: image, series-header: camera}
                """));
    deserializer.open();
    return deserializer;
  }
}
