package io.nelbo.jobs.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nelbo.jobs.kafka.RecordProducer;
import io.nelbo.jobs.kafka.TopicAdmin;
import io.nelbo.jobs.kafka.TopicReader;
import io.nelbo.jobs.kafka.TopicSpec;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EmbeddedBrokerIT {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir private static Path folder;
  private static EmbeddedBroker broker;

  @BeforeAll
  static void start() {
    broker = EmbeddedBroker.start(folder);
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  @Test
  void whatIsSentIsReadInOrderPerSeries() {
    create("round.trip", 2);
    int count = 5_000;

    try (RecordProducer producer = new RecordProducer(broker.bootstrapServers(), "round.trip")) {
      for (int i = 0; i < count; i++) {
        producer.send("pump-" + i % 4, Instant.ofEpochSecond(i), bytes(i % 4 + ":" + i));
      }
      producer.flush();
      assertThat(producer.acknowledged()).isEqualTo(count);
    }

    List<String> read = read("round.trip", count);
    assertThat(read).hasSize(count);
    assertThat(read.stream().filter(v -> v.startsWith("2:")).map(v -> v.substring(2)))
        .extracting(Integer::valueOf)
        .isSorted()
        .hasSize(count / 4);
  }

  @Test
  void acceptsTimesFarInTheFutureAndBeforeTheEpoch() {
    create("any.time", 1);

    try (RecordProducer producer = new RecordProducer(broker.bootstrapServers(), "any.time")) {
      producer.send("s", Instant.parse("2200-01-01T00:00:00Z"), bytes("future"));
      producer.send("s", Instant.parse("1901-01-01T00:00:00Z"), bytes("past"));
      producer.flush();
    }

    assertThat(read("any.time", 2)).containsExactly("future", "past");
  }

  @Test
  @SuppressWarnings("FutureReturnValueIgnored") // flushed and committed below
  void anAbortedTransactionIsNeverSeen() {
    create("transactions", 1);
    Map<String, Object> settings =
        Map.of(
            "bootstrap.servers",
            broker.bootstrapServers(),
            "transactional.id",
            "test",
            "transaction.timeout.ms",
            (int) Duration.ofMinutes(20).toMillis());

    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      producer.initTransactions();
      producer.beginTransaction();
      producer.send(new ProducerRecord<>("transactions", bytes("aborted")));
      producer.flush();
      producer.abortTransaction();
      producer.beginTransaction();
      producer.send(new ProducerRecord<>("transactions", bytes("committed")));
      producer.commitTransaction();
    }

    assertThat(read("transactions", 1)).containsExactly("committed");
  }

  @Test
  void unknownTopicsAreNotMadeByAccident() {
    TopicAdmin admin = new TopicAdmin(broker.bootstrapServers(), PATIENCE);

    admin.create(List.of(new TopicSpec("twice", 1)));

    assertThatThrownBy(() -> admin.create(List.of(new TopicSpec("twice", 1))))
        .hasMessageStartingWith(
            "The broker at " + broker.bootstrapServers() + " refused to make topics");
  }

  @Test
  void aFolderThatCannotBeWrittenIsNamed() throws Exception {
    Path file = Files.writeString(folder.resolve("a-file"), "not a folder");

    assertThatThrownBy(() -> EmbeddedBroker.start(file))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("The broker cannot write to " + file)
        .hasMessageEndingWith("choose a folder that you may write to");
  }

  private static void create(String topic, int partitions) {
    new TopicAdmin(broker.bootstrapServers(), PATIENCE)
        .create(List.of(new TopicSpec(topic, partitions)));
  }

  private static List<String> read(String topic, int count) {
    List<String> values = new ArrayList<>();
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    try (TopicReader<String> reader =
        TopicReader.ofValues(
            broker.bootstrapServers(), topic, v -> new String(v, StandardCharsets.UTF_8))) {
      while (values.size() < count && System.nanoTime() < deadline) {
        values.addAll(reader.poll(Duration.ofMillis(200)));
      }
      values.addAll(reader.poll(Duration.ofMillis(200)));
    }
    return values;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
