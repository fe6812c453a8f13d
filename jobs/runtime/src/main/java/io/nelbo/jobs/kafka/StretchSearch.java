package io.nelbo.jobs.kafka;

import io.nelbo.jobs.config.NelboConfig;
import io.nelbo.jobs.replay.source.ReplayRange;
import io.nelbo.jobs.stream.Decoded;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;

/**
 * Finds where a stretch of the source topic begins and ends.
 *
 * <p>Kafka finds offsets by its own timestamps. A record that belongs to event time {@code t} has a
 * Kafka timestamp of at least {@code t - source.max-skew}, or it is a dead letter; how long after
 * {@code t} it was written nobody knows. So the start is found by timestamp, and the end is the
 * topic's.
 */
final class StretchSearch {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration POLL = Duration.ofMillis(200);

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final NelboConfig config;
  private final String topic;
  private final RecordDeserializer deserializer;

  /**
   * @param consumer of committed records; is moved about
   * @param deserializer opened
   */
  StretchSearch(
      KafkaConsumer<byte[], byte[]> consumer, NelboConfig config, RecordDeserializer deserializer) {
    this.consumer = consumer;
    this.config = config;
    this.topic = config.source().topic();
    this.deserializer = deserializer;
  }

  /** What lies between the ends of the range, and the lead-in before it. */
  TopicStretch find(ReplayRange range, Duration leadIn) throws IOException {
    List<TopicPartition> partitions = partitions();
    Map<TopicPartition, Long> starts = new HashMap<>();
    Map<TopicPartition, Long> ends = new HashMap<>();
    long judged = 0;
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
        from = before(partition, asked, end, leadInMillis);
      } else if (range.fromMillis() != Long.MIN_VALUE) {
        from = atTime(partition, range.fromMillis() - leadInMillis, end);
      }
      long until = range.toOffsets().getOrDefault(partition.partition(), end);
      requireWithin("--to-offsets", partition, until, begin, end);
      if (from < until) {
        starts.put(partition, from);
        ends.put(partition, until);
        judged += judged(partition, range, Math.max(from, asked == null ? 0 : asked), until);
      }
    }
    return new TopicStretch(starts, ends, judged);
  }

  /** About how many records of the partition lie in the range, by Kafka's timestamps. */
  private long judged(TopicPartition partition, ReplayRange range, long from, long end) {
    long first =
        range.fromMillis() == Long.MIN_VALUE ? from : atTime(partition, range.fromMillis(), end);
    long last = range.end().isEmpty() ? end : atTime(partition, range.toMillis(), end);
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
      if (!partitions.contains(new TopicPartition(topic, partition))) {
        throw new IOException(
            "%s: topic %s has %d partitions, there is no partition %d"
                .formatted(option, topic, partitions.size(), partition));
      }
    }
  }

  /**
   * The offset from which the records of the lead-in of this one are read. It may have been written
   * long after it was measured, and others then lie before it; what counts is the earlier time.
   */
  private long before(TopicPartition partition, long offset, long end, long leadInMillis)
      throws IOException {
    if (offset >= end) {
      return end;
    }
    consumer.assign(List.of(partition));
    consumer.seek(partition, offset);
    Instant deadline = Instant.now().plus(PATIENCE);
    while (Instant.now().isBefore(deadline)) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        Decoded decoded = deserializer.decoded(record);
        long time =
            decoded.isRejected()
                ? record.timestamp()
                : Math.min(record.timestamp(), decoded.eventTimeMillis());
        return Math.min(offset, atTime(partition, time - leadInMillis, end));
      }
      if (consumer.position(partition, PATIENCE) >= end) {
        return offset; // only the marks of transactions are left
      }
    }
    throw new IOException(
        "%s offset %d could not be read within %s".formatted(partition, offset, PATIENCE));
  }

  private long atTime(TopicPartition partition, long millis, long end) {
    OffsetAndTimestamp found =
        consumer.offsetsForTimes(Map.of(partition, Math.max(0, millis)), PATIENCE).get(partition);
    return found == null ? end : found.offset();
  }

  /** The last records of each partition, at most so many of each. */
  TopicStretch tail(long most) {
    List<TopicPartition> partitions = partitions();
    Map<TopicPartition, Long> first = consumer.beginningOffsets(partitions, PATIENCE);
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, PATIENCE);
    Map<TopicPartition, Long> starts = new HashMap<>();
    ends.forEach(
        (partition, end) ->
            starts.put(partition, Math.max(first.getOrDefault(partition, 0L), end - most)));
    return new TopicStretch(starts, ends, 0);
  }

  private List<TopicPartition> partitions() {
    return consumer.partitionsFor(topic, PATIENCE).stream()
        .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
        .toList();
  }
}
