package io.nelbo.jobs.kafka;

import io.nelbo.jobs.models.ModelHistory;
import io.nelbo.jobs.stream.ModelNotice;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads the model topic to its current end, committed events only. */
public final class KafkaModelHistory implements ModelHistory {
  private static final long serialVersionUID = 1;
  private static final Duration POLL = Duration.ofMillis(200);

  private final Properties properties;
  private final String topic;
  private final String modelId;
  private final Duration timeout;

  KafkaModelHistory(Properties properties, String topic, String modelId, Duration timeout) {
    this.properties = new Properties();
    this.properties.putAll(properties);
    this.properties.setProperty(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    this.properties.setProperty(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
    this.topic = topic;
    this.modelId = modelId;
    this.timeout = timeout;
  }

  @Override
  public List<ModelNotice> read() throws IOException {
    TopicPartition partition = new TopicPartition(topic, 0);
    List<ModelNotice> notices = new ArrayList<>();
    ModelNoticeCodec codec = new ModelNoticeCodec();
    long deadline = System.nanoTime() + timeout.toNanos();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      Map<TopicPartition, Long> ends = consumer.endOffsets(List.of(partition), timeout);
      long end = ends.getOrDefault(partition, 0L);
      while (consumer.position(partition, timeout) < end) {
        if (System.nanoTime() > deadline) {
          throw new IOException(
              "model topic %s was read to offset %s of %s within %s only"
                  .formatted(topic, consumer.position(partition, timeout), end, timeout));
        }
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
          codec
              .read(record)
              .filter(notice -> notice.modelId().equals(modelId))
              .ifPresent(notices::add);
        }
      }
      return notices;
    } catch (KafkaException failed) {
      throw new IOException(
          "model topic %s cannot be read from %s: %s"
              .formatted(
                  topic,
                  properties.getProperty(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG),
                  failed.getMessage()),
          failed);
    }
  }
}
