package io.nelbo.jobs.kafka.source;

import java.util.Map;

/**
 * A topic as the broker tells it.
 *
 * @param name of which there may have been others before it
 * @param id no other topic ever has it; empty of brokers that give none
 * @param partitions what each of them holds
 */
record TopicNow(String name, String id, Map<Integer, Held> partitions) {
  /**
   * The records that are there.
   *
   * @param begin offset of the oldest
   * @param end offset of the next that will be written
   */
  record Held(long begin, long end) {}

  TopicNow {
    partitions = Map.copyOf(partitions);
  }
}
