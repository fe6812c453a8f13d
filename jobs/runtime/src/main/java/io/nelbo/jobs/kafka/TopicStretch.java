package io.nelbo.jobs.kafka;

import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * A part of each partition of a topic.
 *
 * @param starts first offsets, inclusive
 * @param ends last offsets, exclusive; of the same partitions
 * @param judged about how many of the records lie in the range that was asked for
 */
record TopicStretch(Map<TopicPartition, Long> starts, Map<TopicPartition, Long> ends, long judged) {
  TopicStretch {
    starts = Map.copyOf(starts);
    ends = Map.copyOf(ends);
  }

  /** Offsets in it. */
  long size() {
    return ends.entrySet().stream()
        .mapToLong(end -> end.getValue() - starts.getOrDefault(end.getKey(), end.getValue()))
        .sum();
  }
}
