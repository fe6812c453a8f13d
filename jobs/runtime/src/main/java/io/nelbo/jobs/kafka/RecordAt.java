package io.nelbo.jobs.kafka;

import io.nelbo.jobs.config.NelboConfig;
import io.nelbo.jobs.decode.DecodedRecord;
import io.nelbo.jobs.decode.RecordDecoder;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Fetches one message by its place. Belongs to no group and commits nothing. */
public final class RecordAt {
  private static final Duration WAIT = Duration.ofSeconds(15);

  private RecordAt() {}

  /**
   * The record at this offset, as the jobs read it.
   *
   * @throws IOException when the topic no longer has it, does not give it in time, or has something
   *     there that is no record by this configuration
   */
  public static DecodedRecord read(NelboConfig config, String topic, int partition, long offset)
      throws IOException {
    ConsumerRecord<byte[], byte[]> message = fetch(config, topic, partition, offset);
    DecodedRecord record = new DecodedRecord();
    if (!RecordDecoder.of(config)
        .decode(
            message.key(),
            message.value(),
            message.timestamp(),
            new KafkaHeaders(message.headers()),
            record)) {
      throw new IOException(
          "topic %s, partition %s, offset %s cannot be read by this configuration: %s"
              .formatted(topic, partition, offset, record.message()));
    }
    return record;
  }

  private static ConsumerRecord<byte[], byte[]> fetch(
      NelboConfig config, String topic, int partition, long offset) throws IOException {
    Map<String, Object> properties = new HashMap<>(config.kafka().properties());
    properties.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, config.kafka().bootstrapServers());
    properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 1);
    ByteArrayDeserializer bytes = new ByteArrayDeserializer();
    TopicPartition place = new TopicPartition(topic, partition);
    try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(properties, bytes, bytes)) {
      consumer.assign(List.of(place));
      long first = consumer.beginningOffsets(List.of(place), WAIT).getOrDefault(place, 0L);
      long end = consumer.endOffsets(List.of(place), WAIT).getOrDefault(place, 0L);
      if (offset < first || offset >= end) {
        throw new IOException(
            "topic %s no longer holds offset %s of partition %s, it has %s to %s: its retention is shorter than the event is old"
                .formatted(topic, offset, partition, first, end - 1));
      }
      consumer.seek(place, offset);
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(WAIT).records(place)) {
        if (record.offset() == offset) {
          return record;
        }
      }
      throw new IOException(
          "topic %s did not give offset %s of partition %s within %s s"
              .formatted(topic, offset, partition, WAIT.toSeconds()));
    }
  }
}
