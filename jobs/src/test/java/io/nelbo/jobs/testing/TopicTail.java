package io.nelbo.jobs.testing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Everything that a reader of a topic has seen so far, keys, headers and positions included. */
public final class TopicTail implements AutoCloseable {
  private static final Duration WAIT = Duration.ofMillis(50);

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final List<ConsumerRecord<byte[], byte[]>> seen = new ArrayList<>();

  private TopicTail(String bootstrapServers, String topic, String isolation) {
    consumer =
        new KafkaConsumer<>(
            Map.<String, Object>of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                isolation,
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false,
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                20_000),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    List<TopicPartition> partitions =
        consumer.partitionsFor(topic).stream()
            .map(p -> new TopicPartition(p.topic(), p.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
  }

  /** Sees only what has been committed. */
  public static TopicTail committed(String bootstrapServers, String topic) {
    return new TopicTail(bootstrapServers, topic, "read_committed");
  }

  /** Sees everything, aborted transactions included. */
  public static TopicTail uncommitted(String bootstrapServers, String topic) {
    return new TopicTail(bootstrapServers, topic, "read_uncommitted");
  }

  /** All records so far, after one more look. */
  public List<ConsumerRecord<byte[], byte[]>> look() {
    consumer.poll(WAIT).forEach(seen::add);
    return List.copyOf(seen);
  }

  /** How many records so far, after one more look. */
  public int count() {
    consumer.poll(WAIT).forEach(seen::add);
    return seen.size();
  }

  @Override
  public void close() {
    consumer.close();
  }
}
