package io.nelbo.jobs.kafka.source;

import java.util.ArrayList;
import java.util.List;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;

/**
 * Where to go on in a topic, once the offsets to go on at have been held against what is there.
 * Pure.
 *
 * @param splits none of them points to what is no longer there
 * @param lost what retention has deleted before it was read
 */
record ResumedOffsets(List<KafkaPartitionSplit> splits, List<Lost> lost) {
  /**
   * Records that nobody can read any more.
   *
   * @param from first offset
   * @param to the offset behind the last
   */
  record Lost(String topic, int partition, long from, long to) {
    long offsets() {
      return to - from;
    }
  }

  private static final String WHAT_TO_DO =
      "bring the topic back as it was, or start without --restore (under 'flink run' without -s)"
          + " to leave the old topic behind";

  ResumedOffsets {
    splits = List.copyOf(splits);
    lost = List.copyOf(lost);
  }

  /**
   * Holds offsets against the topic.
   *
   * @param group whose offsets they may be, where no state is restored
   * @param servers to name in a command
   * @throws OtherTopicException when they cannot be offsets of it
   */
  static ResumedOffsets in(
      TopicNow topic, List<KafkaPartitionSplit> splits, String group, String servers) {
    requireNamed(topic, splits);
    requireSame(topic, splits);
    requirePartitions(topic, splits);
    requireHeld(topic, splits, group, servers);
    List<KafkaPartitionSplit> resumed = new ArrayList<>();
    List<Lost> lost = new ArrayList<>();
    for (KafkaPartitionSplit split : splits) {
      long begin = held(topic, split).begin();
      if (split.getStartingOffset() < 0 || split.getStartingOffset() >= begin) {
        resumed.add(split); // a negative one is a mark: the beginning, the end
        continue;
      }
      lost.add(new Lost(topic.name(), split.getPartition(), split.getStartingOffset(), begin));
      resumed.add(
          new KafkaPartitionSplit(
              split.getTopicPartition(),
              begin,
              split.getStoppingOffset().orElse(KafkaPartitionSplit.NO_STOPPING_OFFSET)));
    }
    return new ResumedOffsets(resumed, lost);
  }

  /**
   * Compares ids, as far as both are known.
   *
   * @throws OtherTopicException when they differ
   */
  static void requireSame(String topic, String remembered, String now) {
    if (!remembered.isEmpty() && !now.isEmpty() && !remembered.equals(now)) {
      throw new OtherTopicException(
          ("source topic %s is another than the one that this job has read so far, it was deleted"
                  + " and made anew (its id was %s and is %s): the offsets remembered would skip"
                  + " records of it; %s")
              .formatted(topic, remembered, now, WHAT_TO_DO));
    }
  }

  private static void requireNamed(TopicNow topic, List<KafkaPartitionSplit> splits) {
    for (KafkaPartitionSplit split : splits) {
      if (!split.getTopic().equals(topic.name())) {
        throw new OtherTopicException(
            ("the state to restore holds offsets of topic %s, source.topic is %s: both would be"
                    + " read; go back to %s, or start without --restore (under 'flink run' without"
                    + " -s)")
                .formatted(split.getTopic(), topic.name(), split.getTopic()));
      }
    }
  }

  private static void requireSame(TopicNow topic, List<KafkaPartitionSplit> splits) {
    for (KafkaPartitionSplit split : splits) {
      requireSame(topic.name(), RememberedSplit.topicId(split), topic.id());
    }
  }

  private static void requirePartitions(TopicNow topic, List<KafkaPartitionSplit> splits) {
    List<Integer> gone =
        splits.stream()
            .map(KafkaPartitionSplit::getPartition)
            .filter(partition -> !topic.partitions().containsKey(partition))
            .sorted()
            .toList();
    if (!gone.isEmpty()) {
      throw new OtherTopicException(
          ("source topic %s has %d partitions, the job is to go on in %s of it: it is another"
                  + " topic than the one that was read; %s")
              .formatted(
                  topic.name(),
                  topic.partitions().size(),
                  (gone.size() == 1 ? "partition " : "partitions ") + joined(gone),
                  WHAT_TO_DO));
    }
  }

  private static void requireHeld(
      TopicNow topic, List<KafkaPartitionSplit> splits, String group, String servers) {
    List<String> beyond =
        splits.stream()
            .filter(split -> split.getStartingOffset() > held(topic, split).end())
            .map(
                split ->
                    "%d of partition %d, which ends at %d"
                        .formatted(
                            split.getStartingOffset(),
                            split.getPartition(),
                            held(topic, split).end()))
            .sorted()
            .toList();
    if (!beyond.isEmpty()) {
      throw new OtherTopicException(
          ("source topic %s does not reach the offsets at which the job is to go on (%s): it is"
                  + " another topic than the one that was read, or has lost its newest records; %s;"
                  + " if it started without, its consumer group holds these offsets:"
                  + " kafka-consumer-groups --bootstrap-server %s --group %s --topic %s"
                  + " --reset-offsets --to-earliest --execute")
              .formatted(topic.name(), joined(beyond), WHAT_TO_DO, servers, group, topic.name()));
    }
  }

  private static TopicNow.Held held(TopicNow topic, KafkaPartitionSplit split) {
    TopicNow.Held held = topic.partitions().get(split.getPartition());
    if (held == null) {
      throw new IllegalStateException("no partition " + split.getPartition());
    }
    return held;
  }

  private static String joined(List<?> several) {
    return String.join(", ", several.stream().map(String::valueOf).toList());
  }
}
