package io.nelbo.jobs.kafka;

import io.nelbo.jobs.config.NelboConfig;
import io.nelbo.jobs.replay.source.ReplayRange;
import io.nelbo.jobs.replay.source.ReplaySource;
import io.nelbo.jobs.stream.Decoded;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
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
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * A stretch of the source topic, committed records only, ending with what it holds now.
 *
 * <p>Kafka finds offsets by its own timestamps. A record that belongs to event time {@code t} has a
 * Kafka timestamp of at least {@code t - source.max-skew}, or it is a dead letter; how long after
 * {@code t} it was written nobody knows. So the start is found by timestamp, and the end is the
 * topic's.
 */
public final class TopicRecords implements ReplaySource {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration POLL = Duration.ofMillis(200);

  /** Records at the end of a partition among which the newest event time is looked for. */
  private static final long TAIL = 2_000;

  private final NelboConfig config;
  private final Map<TopicPartition, Long> starts = new HashMap<>();
  private final Map<TopicPartition, Long> ends = new HashMap<>();

  private long judged;

  private TopicRecords(NelboConfig config) {
    this.config = config;
  }

  /**
   * Asks the broker where the stretch begins and ends.
   *
   * @param leadIn event time before its start that is read too
   * @throws IOException when the broker does not answer, an offset is gone, or there is no record
   */
  public static TopicRecords of(NelboConfig config, ReplayRange range, Duration leadIn)
      throws IOException {
    TopicRecords records = new TopicRecords(config);
    try (KafkaConsumer<byte[], byte[]> consumer = records.consumer()) {
      records.locate(consumer, range, leadIn);
    } catch (KafkaException e) {
      throw unreadable(config, e);
    }
    if (records.size() == 0) {
      throw new IOException(
          "topic %s holds no record of that stretch".formatted(config.source().topic()));
    }
    return records;
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
    TopicRecords tail = new TopicRecords(config);
    try (KafkaConsumer<byte[], byte[]> consumer = tail.consumer()) {
      List<TopicPartition> partitions = tail.partitions(consumer);
      Map<TopicPartition, Long> first = consumer.beginningOffsets(partitions, PATIENCE);
      consumer
          .endOffsets(partitions, PATIENCE)
          .forEach(
              (partition, end) -> {
                tail.starts.put(partition, Math.max(first.getOrDefault(partition, 0L), end - TAIL));
                tail.ends.put(partition, end);
              });
    } catch (KafkaException e) {
      throw unreadable(config, e);
    }
    List<Long> newest = new ArrayList<>(List.of(Long.MIN_VALUE));
    tail.forEach(
        record -> {
          if (!record.isRejected()) {
            newest.set(0, Math.max(newest.get(0), record.eventTimeMillis()));
          }
        });
    return newest.get(0) == Long.MIN_VALUE ? OptionalLong.empty() : OptionalLong.of(newest.get(0));
  }

  private List<TopicPartition> partitions(KafkaConsumer<byte[], byte[]> consumer) {
    return consumer.partitionsFor(config.source().topic(), PATIENCE).stream()
        .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
        .toList();
  }

  private static IOException unreadable(NelboConfig config, KafkaException cause) {
    return new IOException(
        "topic %s cannot be read from %s: %s"
            .formatted(
                config.source().topic(), config.kafka().bootstrapServers(), cause.getMessage()),
        cause);
  }

  private void locate(KafkaConsumer<byte[], byte[]> consumer, ReplayRange range, Duration leadIn)
      throws IOException {
    List<TopicPartition> partitions = partitions(consumer);
    requireKnown(partitions, range.fromOffsets().keySet(), "--from-offsets");
    requireKnown(partitions, range.toOffsets().keySet(), "--to-offsets");
    Map<TopicPartition, Long> first = consumer.beginningOffsets(partitions, PATIENCE);
    Map<TopicPartition, Long> last = consumer.endOffsets(partitions, PATIENCE);
    long leadInMillis = leadIn.toMillis() + config.source().maxSkew().toMillis();
    for (TopicPartition partition : partitions) {
      long begin = first.getOrDefault(partition, 0L);
      long end = last.getOrDefault(partition, 0L);
      long from = begin;
      Long asked = range.fromOffsets().get(partition.partition());
      if (asked != null) {
        requireWithin("--from-offsets", partition, asked, begin, end);
        from = before(consumer, partition, asked, end, leadInMillis);
      } else if (range.fromMillis() != Long.MIN_VALUE) {
        from = atTime(consumer, partition, range.fromMillis() - leadInMillis, end);
      }
      long until = range.toOffsets().getOrDefault(partition.partition(), end);
      requireWithin("--to-offsets", partition, until, begin, end);
      if (from < until) {
        starts.put(partition, from);
        ends.put(partition, until);
        judged += judged(consumer, partition, range, Math.max(from, asked == null ? 0 : asked));
      }
    }
  }

  /** About how many records of the partition lie in the range, by Kafka's timestamps. */
  private long judged(
      KafkaConsumer<byte[], byte[]> consumer,
      TopicPartition partition,
      ReplayRange range,
      long from) {
    long end = ends.getOrDefault(partition, from);
    long first =
        range.fromMillis() == Long.MIN_VALUE
            ? from
            : atTime(consumer, partition, range.fromMillis(), end);
    long last = range.end().isEmpty() ? end : atTime(consumer, partition, range.toMillis(), end);
    return Math.max(0, last - first);
  }

  private static void requireWithin(
      String option, TopicPartition partition, long offset, long begin, long end)
      throws IOException {
    if (offset < begin || offset > end) {
      throw new IOException(
          "%s: offset %d of partition %d is not there, the topic holds %d to %d"
              .formatted(option, offset, partition.partition(), begin, end - 1));
    }
  }

  private void requireKnown(
      List<TopicPartition> partitions, Collection<Integer> named, String option)
      throws IOException {
    for (int partition : named) {
      if (!partitions.contains(new TopicPartition(config.source().topic(), partition))) {
        throw new IOException(
            "%s: topic %s has %d partitions, there is no partition %d"
                .formatted(option, config.source().topic(), partitions.size(), partition));
      }
    }
  }

  /**
   * The offset from which the records of the lead-in of this one are read. It may have been written
   * long after it was measured, and others then lie before it; what counts is the earlier time.
   */
  private long before(
      KafkaConsumer<byte[], byte[]> consumer,
      TopicPartition partition,
      long offset,
      long end,
      long leadInMillis)
      throws IOException {
    if (offset >= end) {
      return end;
    }
    consumer.assign(List.of(partition));
    consumer.seek(partition, offset);
    Instant deadline = Instant.now().plus(PATIENCE);
    while (Instant.now().isBefore(deadline)) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        Decoded decoded = deserializer().decoded(record);
        long time =
            decoded.isRejected()
                ? record.timestamp()
                : Math.min(record.timestamp(), decoded.eventTimeMillis());
        return Math.min(offset, atTime(consumer, partition, time - leadInMillis, end));
      }
      if (consumer.position(partition, PATIENCE) >= end) {
        return offset; // only the marks of transactions are left
      }
    }
    throw new IOException(
        "%s offset %d could not be read within %s".formatted(partition, offset, PATIENCE));
  }

  private static long atTime(
      KafkaConsumer<byte[], byte[]> consumer, TopicPartition partition, long millis, long end) {
    OffsetAndTimestamp found =
        consumer.offsetsForTimes(Map.of(partition, Math.max(0, millis)), PATIENCE).get(partition);
    return found == null ? end : found.offset();
  }

  @Override
  public DataStream<Decoded> records(StreamExecutionEnvironment env) {
    return new KafkaConnectors(config, "replay").recordsBetween(env, starts, ends);
  }

  /** Partitions are read side by side. */
  @Override
  public boolean isInOneOrder() {
    return false;
  }

  @Override
  public void forEach(Consumer<Decoded> records) throws IOException {
    RecordDeserializer deserializer = deserializer();
    try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
      consumer.assign(starts.keySet());
      starts.forEach(consumer::seek);
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

  private RecordDeserializer deserializer() {
    RecordDeserializer deserializer = new RecordDeserializer(config);
    deserializer.open();
    return deserializer;
  }

  private long end(ConsumerRecord<byte[], byte[]> record) {
    return ends.getOrDefault(new TopicPartition(record.topic(), record.partition()), 0L);
  }

  private boolean isAtEnd(KafkaConsumer<byte[], byte[]> consumer) {
    return ends.entrySet().stream()
        .allMatch(end -> consumer.position(end.getKey(), PATIENCE) >= end.getValue());
  }

  @Override
  public long size() {
    return ends.entrySet().stream()
        .mapToLong(end -> end.getValue() - starts.getOrDefault(end.getKey(), end.getValue()))
        .sum();
  }

  @Override
  public long judged() {
    return judged;
  }

  @Override
  public String describe() {
    Map<Integer, String> offsets = new TreeMap<>();
    ends.forEach(
        (partition, end) ->
            offsets.put(partition.partition(), starts.get(partition) + ".." + (end - 1)));
    return "topic %s, offsets by partition %s".formatted(config.source().topic(), offsets);
  }

  private KafkaConsumer<byte[], byte[]> consumer() {
    Properties properties = KafkaConnectors.clientProperties(config);
    properties.setProperty(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    properties.setProperty(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
    // What retention deletes meanwhile is missed: better to fail than to read on elsewhere.
    properties.setProperty(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    return new KafkaConsumer<>(
        properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }
}
