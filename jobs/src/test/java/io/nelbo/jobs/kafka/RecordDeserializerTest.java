package io.nelbo.jobs.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.nelbo.jobs.config.ConfigLoader;
import io.nelbo.jobs.config.NelboConfig;
import io.nelbo.jobs.testing.LogLines;
import org.apache.kafka.clients.consumer.ConsumerRecord;
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
}
