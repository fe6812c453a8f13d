package io.nelbo.jobs.kafka;

import io.nelbo.jobs.config.NelboConfig;
import io.nelbo.jobs.replay.source.ReplayRange;
import io.nelbo.jobs.replay.source.ReplaySource;
import io.nelbo.jobs.stream.Decoded;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Properties;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** A stretch of the source topic, committed records only, ending with what it holds now. */
public final class TopicRecords implements ReplaySource {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration POLL = Duration.ofMillis(200);

  /** Records at the end of a partition among which the newest event time is looked for. */
  private static final long TAIL = 2_000;

  private final NelboConfig config;
  private final TopicStretch stretch;

  private TopicRecords(NelboConfig config, TopicStretch stretch) {
    this.config = config;
    this.stretch = stretch;
  }

  /**
   * Asks the broker where the stretch begins and ends.
   *
   * @param leadIn event time before its start that is read too
   * @throws IOException when the broker does not answer, an offset is gone, or there is no record
   */
  public static TopicRecords of(NelboConfig config, ReplayRange range, Duration leadIn)
      throws IOException {
    TopicStretch stretch = search(config, search -> search.find(range, leadIn));
    if (stretch.size() == 0) {
      throw new IOException(
          "topic %s holds no record of that stretch".formatted(config.source().topic()));
    }
    return new TopicRecords(config, stretch);
  }

  /**
   * The newest event time among the last records of each partition; empty when there are none. It
   * is not Kafka's timestamp: event time may run ahead of it by {@code source.max-skew}, or lie far
   * behind.
   *
   * @throws IOException when the topic cannot be read
   */
  public static OptionalLong newestEventTime(NelboConfig config) throws IOException {
    if (new TopicProbe(config).missing().contains(config.source().topic())) {
      return OptionalLong.empty();
    }
    TopicRecords tail = new TopicRecords(config, search(config, search -> search.tail(TAIL)));
    List<Long> newest = new ArrayList<>(List.of(Long.MIN_VALUE));
    tail.forEach(
        record -> {
          if (!record.isRejected()) {
            newest.set(0, Math.max(newest.get(0), record.eventTimeMillis()));
          }
        });
    return newest.get(0) == Long.MIN_VALUE ? OptionalLong.empty() : OptionalLong.of(newest.get(0));
  }

  /** What is asked of the broker. */
  private interface Question {
    TopicStretch ask(StretchSearch search) throws IOException;
  }

  private static TopicStretch search(NelboConfig config, Question question) throws IOException {
    try (KafkaConsumer<byte[], byte[]> consumer = consumer(config)) {
      return question.ask(new StretchSearch(consumer, config, deserializer(config)));
    } catch (KafkaException e) {
      throw unreadable(config, e);
    }
  }

  private static IOException unreadable(NelboConfig config, KafkaException cause) {
    return new IOException(
        "topic %s cannot be read from %s: %s"
            .formatted(
                config.source().topic(), config.kafka().bootstrapServers(), cause.getMessage()),
        cause);
  }

  @Override
  public DataStream<Decoded> records(StreamExecutionEnvironment env) {
    return new KafkaConnectors(config, "replay")
        .recordsBetween(env, stretch.starts(), stretch.ends());
  }

  /** Partitions are read side by side. */
  @Override
  public boolean isInOneOrder() {
    return false;
  }

  @Override
  public void forEach(Consumer<Decoded> records) throws IOException {
    RecordDeserializer deserializer = deserializer(config);
    try (KafkaConsumer<byte[], byte[]> consumer = consumer(config)) {
      consumer.assign(stretch.starts().keySet());
      stretch.starts().forEach(consumer::seek);
      Instant deadline = Instant.now().plus(PATIENCE);
      while (!isAtEnd(consumer)) {
        ConsumerRecords<byte[], byte[]> polled = consumer.poll(POLL);
        if (!polled.isEmpty()) {
          deadline = Instant.now().plus(PATIENCE);
        } else if (Instant.now().isAfter(deadline)) {
          throw new IOException(
              "topic %s stood still for %s".formatted(config.source().topic(), PATIENCE));
        }
        for (ConsumerRecord<byte[], byte[]> record : polled) {
          if (record.offset() < end(record)) {
            records.accept(deserializer.decoded(record));
          }
        }
      }
    } catch (KafkaException e) {
      throw new IOException(
          "topic %s cannot be read: %s".formatted(config.source().topic(), e.getMessage()), e);
    }
  }

  private static RecordDeserializer deserializer(NelboConfig config) {
    RecordDeserializer deserializer = new RecordDeserializer(config);
    deserializer.open();
    return deserializer;
  }

  private long end(ConsumerRecord<byte[], byte[]> record) {
    return stretch.ends().getOrDefault(new TopicPartition(record.topic(), record.partition()), 0L);
  }

  private boolean isAtEnd(KafkaConsumer<byte[], byte[]> consumer) {
    return stretch.ends().entrySet().stream()
        .allMatch(end -> consumer.position(end.getKey(), PATIENCE) >= end.getValue());
  }

  @Override
  public long size() {
    return stretch.size();
  }

  @Override
  public long judged() {
    return stretch.judged();
  }

  @Override
  public String describe() {
    Map<Integer, String> offsets = new TreeMap<>();
    stretch
        .ends()
        .forEach(
            (partition, end) ->
                offsets.put(
                    partition.partition(), stretch.starts().get(partition) + ".." + (end - 1)));
    return "topic %s, offsets by partition %s".formatted(config.source().topic(), offsets);
  }

  private static KafkaConsumer<byte[], byte[]> consumer(NelboConfig config) {
    Properties properties = KafkaConnectors.clientProperties(config);
    properties.setProperty(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    properties.setProperty(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
    // What retention deletes meanwhile is missed: better to fail than to read on elsewhere.
    properties.setProperty(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    return new KafkaConsumer<>(
        properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }
}
