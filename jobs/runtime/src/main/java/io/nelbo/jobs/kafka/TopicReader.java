package io.nelbo.jobs.kafka;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads one topic from its beginning; read-committed, unless asked otherwise: what an aborted
 * transaction wrote is never seen. Belongs to no consumer group and commits nothing. Not to be
 * shared by threads.
 */
public final class TopicReader<T> implements AutoCloseable {
  /** From bytes to a value; what it throws is a broken topic, not a broken record. */
  @FunctionalInterface
  public interface Decoder<T> {
    T decode(byte[] bytes) throws IOException;
  }

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Function<ConsumerRecord<byte[], byte[]>, T> decoder;

  private TopicReader(
      String bootstrapServers,
      String topic,
      IsolationLevel isolation,
      Function<ConsumerRecord<byte[], byte[]>, T> decoder) {
    this.decoder = decoder;
    this.consumer =
        new KafkaConsumer<>(
            Map.<String, Object>of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                isolation.toString(),
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false,
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                10_000),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    List<TopicPartition> partitions =
        consumer.partitionsFor(topic).stream()
            .map(p -> new TopicPartition(p.topic(), p.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
  }

  /** Reads the values. */
  public static <T> TopicReader<T> ofValues(
      String bootstrapServers, String topic, Decoder<T> decoder) {
    return new TopicReader<>(
        bootstrapServers,
        topic,
        IsolationLevel.READ_COMMITTED,
        record -> decode(decoder, record, record.value()));
  }

  /**
   * A value and its Kafka timestamp.
   *
   * @param timestampMillis when the broker had it, where the topic is of its append times
   */
  public record Stamped<T>(T value, long timestampMillis) {}

  /** Reads the values with their timestamps. */
  public static <T> TopicReader<Stamped<T>> ofStampedValues(
      String bootstrapServers, String topic, Decoder<T> decoder) {
    return new TopicReader<>(
        bootstrapServers,
        topic,
        IsolationLevel.READ_COMMITTED,
        record -> new Stamped<>(decode(decoder, record, record.value()), record.timestamp()));
  }

  /** Reads a header that every record of the topic carries. */
  public static <T> TopicReader<T> ofHeader(
      String bootstrapServers, String topic, String header, Decoder<T> decoder) {
    return new TopicReader<>(
        bootstrapServers,
        topic,
        IsolationLevel.READ_COMMITTED,
        record -> {
          Header found = record.headers().lastHeader(header);
          if (found == null) {
            throw new IllegalStateException(
                "Record %d of topic %s lacks the header %s"
                    .formatted(record.offset(), topic, header));
          }
          return decode(decoder, record, found.value());
        });
  }

  /**
   * Reads whole records: keys, headers, positions.
   *
   * @param isolation whether what was not committed, or aborted, is seen too
   */
  public static TopicReader<ConsumerRecord<byte[], byte[]>> ofRecords(
      String bootstrapServers, String topic, IsolationLevel isolation) {
    return new TopicReader<>(bootstrapServers, topic, isolation, record -> record);
  }

  private static <T> T decode(
      Decoder<T> decoder, ConsumerRecord<byte[], byte[]> record, byte[] bytes) {
    try {
      return decoder.decode(bytes);
    } catch (IOException e) {
      throw new IllegalStateException(
          "Record %d of topic %s cannot be read: %s"
              .formatted(record.offset(), record.topic(), e.getMessage()),
          e);
    }
  }

  /** What has come since the last call; waits at most {@code wait} for the first of it. */
  public List<T> poll(Duration wait) {
    List<T> values = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> record : consumer.poll(wait)) {
      values.add(decoder.apply(record));
    }
    return values;
  }

  /** Whether everything that the topic holds by now has been seen. */
  public boolean isAtEnd() {
    return consumer.endOffsets(consumer.assignment()).entrySet().stream()
        .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
  }

  @Override
  public void close() {
    consumer.close();
  }
}
