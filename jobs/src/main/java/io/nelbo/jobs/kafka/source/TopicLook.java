package io.nelbo.jobs.kafka.source;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.Uuid;

/** Asks the broker about one topic. Closes its client. */
final class TopicLook implements AutoCloseable {
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private final String topic;
  private final Admin admin;

  TopicLook(Properties clientProperties, String topic) {
    this.topic = topic;
    admin = Admin.create(clientProperties);
  }

  /**
   * What is there now.
   *
   * @throws IllegalStateException when it is not there, or the broker does not answer
   */
  TopicNow now() {
    TopicDescription described = get(described());
    Map<TopicPartition, OffsetSpec> begins = new HashMap<>();
    Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
    for (TopicPartitionInfo partition : described.partitions()) {
      begins.put(new TopicPartition(topic, partition.partition()), OffsetSpec.earliest());
      ends.put(new TopicPartition(topic, partition.partition()), OffsetSpec.latest());
    }
    // The end first: what is deleted meanwhile moves the beginning only.
    Map<TopicPartition, ListOffsetsResult.ListOffsetsResultInfo> end =
        get(admin.listOffsets(ends).all());
    Map<Integer, TopicNow.Held> held = new HashMap<>();
    get(admin.listOffsets(begins).all())
        .forEach(
            (partition, begin) -> {
              ListOffsetsResult.ListOffsetsResultInfo its = end.get(partition);
              held.put(
                  partition.partition(),
                  new TopicNow.Held(begin.offset(), its == null ? 0 : its.offset()));
            });
    return new TopicNow(topic, id(described), held);
  }

  /** The topic's id, once the broker has answered; empty of a broker that gives none. */
  KafkaFuture<String> id() {
    return described().thenApply(TopicLook::id);
  }

  /** The offsets that a consumer group has committed in the topic, by partition. */
  Map<Integer, Long> committed(String group) {
    Map<Integer, Long> offsets = new HashMap<>();
    Map<TopicPartition, OffsetAndMetadata> all =
        get(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata());
    all.forEach(
        (partition, committed) -> {
          if (committed != null && partition.topic().equals(topic)) {
            offsets.put(partition.partition(), committed.offset());
          }
        });
    return offsets;
  }

  private KafkaFuture<TopicDescription> described() {
    return requireNonNull(
        admin.describeTopics(List.of(topic)).topicNameValues().get(topic),
        "an answer about each topic that was asked for");
  }

  private static String id(TopicDescription described) {
    Uuid id = described.topicId();
    return id == null || id.equals(Uuid.ZERO_UUID) ? "" : id.toString();
  }

  private <T> T get(KafkaFuture<T> answer) {
    try {
      return answer.get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | KafkaException e) {
      Throwable reason = e.getCause() == null ? e : e.getCause();
      throw new IllegalStateException(
          "source topic %s cannot be looked at: %s".formatted(topic, reason.getMessage()), e);
    } catch (TimeoutException e) {
      throw new IllegalStateException(
          "source topic %s cannot be looked at: no broker answered within %s"
              .formatted(topic, TIMEOUT),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while looking at source topic " + topic, e);
    }
  }

  @Override
  public void close() {
    admin.close(Duration.ZERO);
  }
}
