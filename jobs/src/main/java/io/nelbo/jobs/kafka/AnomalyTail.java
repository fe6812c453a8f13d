package io.nelbo.jobs.kafka;

import io.nelbo.jobs.config.NelboConfig;
import io.nelbo.schemas.Anomaly;
import io.nelbo.schemas.wire.SingleObject;
import io.nelbo.schemas.wire.WireFormatException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Follows the anomaly topic, read-committed: what an aborted transaction wrote is never seen.
 * Belongs to no group and commits nothing. Reads every version of the event that was released. One
 * thread.
 */
public final class AnomalyTail implements AutoCloseable {
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final SingleObject<Anomaly> anomalies = SingleObject.of(Anomaly.class);

  /**
   * @param fromBeginning else only what comes from now on
   */
  public AnomalyTail(NelboConfig config, boolean fromBeginning) {
    Map<String, Object> properties = new HashMap<>(config.kafka().properties());
    properties.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, config.kafka().bootstrapServers());
    properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    ByteArrayDeserializer bytes = new ByteArrayDeserializer();
    consumer = new KafkaConsumer<>(properties, bytes, bytes);
    List<TopicPartition> partitions =
        consumer.partitionsFor(config.topics().anomalies()).stream()
            .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
            .toList();
    consumer.assign(partitions);
    if (fromBeginning) {
      consumer.seekToBeginning(partitions);
    } else {
      consumer.seekToEnd(partitions);
    }
  }

  /**
   * What has come; waits at most {@code wait} for the first of it.
   *
   * @throws IOException when a record is no anomaly event of any released version
   */
  public List<Anomaly> poll(Duration wait) throws IOException {
    List<Anomaly> come = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> record : consumer.poll(wait)) {
      come.add(decode(record));
    }
    return come;
  }

  @Override
  public void close() {
    consumer.close();
  }

  private Anomaly decode(ConsumerRecord<byte[], byte[]> record) throws IOException {
    if (record.value() == null) {
      throw new IOException(place("holds an empty record", record));
    }
    try {
      return anomalies.decode(record.value());
    } catch (WireFormatException e) {
      throw new IOException(
          "%s: %s"
              .formatted(place("holds something that is no anomaly event", record), e.getMessage()),
          e);
    }
  }

  private static String place(String what, ConsumerRecord<byte[], byte[]> record) {
    return "topic %s %s at partition %d, offset %d"
        .formatted(record.topic(), what, record.partition(), record.offset());
  }
}
