package io.nelbo.jobs.kafka.source;

import io.nelbo.jobs.config.SourceConfig.Start;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.common.TopicPartition;

/**
 * Where a job that is not restored begins: where its consumer group has come to, else at the
 * beginning or the end of what is there now.
 *
 * <p>Never does the consumer jump on its own: an offset that is not there fails the task, and is
 * judged when it comes back.
 */
public final class StartingOffsets implements OffsetsInitializer {
  private static final long serialVersionUID = 1;

  private final Start otherwise;

  public StartingOffsets(Start otherwise) {
    this.otherwise = otherwise;
  }

  @Override
  public Map<TopicPartition, Long> getPartitionOffsets(
      Collection<TopicPartition> partitions, PartitionOffsetsRetriever broker) {
    Map<TopicPartition, Long> offsets = new HashMap<>();
    broker
        .committedOffsets(partitions)
        .forEach(
            (partition, offset) -> {
              if (offset != null && offset >= 0) {
                offsets.put(partition, offset);
              }
            });
    Set<TopicPartition> rest = new HashSet<>(partitions);
    rest.removeAll(offsets.keySet());
    if (!rest.isEmpty()) {
      offsets.putAll(
          otherwise == Start.EARLIEST ? broker.beginningOffsets(rest) : broker.endOffsets(rest));
    }
    return offsets;
  }

  @Override
  @SuppressWarnings("deprecation") // the connector still asks for it
  public OffsetResetStrategy getAutoOffsetResetStrategy() {
    return OffsetResetStrategy.NONE;
  }
}
