package io.nelbo.jobs.kafka.source;

import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.jspecify.annotations.Nullable;

/** An offset in a partition, and of which topic: another of the same name has other records. */
final class RememberedSplit extends KafkaPartitionSplit {
  private final String topicId;

  RememberedSplit(KafkaPartitionSplit split, String topicId) {
    super(
        split.getTopicPartition(),
        split.getStartingOffset(),
        split.getStoppingOffset().orElse(NO_STOPPING_OFFSET));
    this.topicId = topicId;
  }

  /** The id that was remembered; empty in a state of before it was. */
  static String topicId(KafkaPartitionSplit split) {
    return split instanceof RememberedSplit remembered ? remembered.topicId : "";
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof RememberedSplit that
        && super.equals(that)
        && topicId.equals(that.topicId);
  }

  @Override
  public int hashCode() {
    return 31 * super.hashCode() + topicId.hashCode();
  }
}
