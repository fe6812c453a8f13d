package io.nelbo.jobs.cli;

import io.nelbo.jobs.config.NelboConfig;
import io.nelbo.jobs.kafka.TopicProbe;
import java.util.ArrayList;
import java.util.List;

/**
 * What is wrong with the topics of a configuration, all of it at once.
 *
 * @param source the topic of the records, which we never make: only its owner knows how many
 *     partitions it needs
 * @param missing topics that the broker does not have
 * @param ofModelTopic what keeps the model topic from being the one order of decisions
 */
record TopicFaults(String source, String servers, List<String> missing, List<String> ofModelTopic) {
  TopicFaults {
    missing = List.copyOf(missing);
    ofModelTopic = List.copyOf(ofModelTopic);
  }

  /**
   * @throws TopicProbe.BrokerException when the broker does not answer
   */
  static TopicFaults of(NelboConfig config, TopicProbe probe) {
    return new TopicFaults(
        config.source().topic(),
        config.kafka().bootstrapServers(),
        probe.missing(),
        probe.modelTopicFaults());
  }

  boolean isEmpty() {
    return missing.isEmpty() && ofModelTopic.isEmpty();
  }

  /** Each in one sentence, with what mends it. */
  List<String> shown() {
    List<String> shown = new ArrayList<>();
    if (missing.contains(source)) {
      shown.add(
          "source topic %s does not exist at %s: create it first (its partitions decide the others')"
              .formatted(source, servers));
    }
    List<String> others = missing.stream().filter(topic -> !topic.equals(source)).toList();
    if (!others.isEmpty()) {
      shown.add(
          "missing at %s: %s; --create-topics makes %s"
              .formatted(servers, String.join(", ", others), others.size() == 1 ? "it" : "them"));
    }
    shown.addAll(ofModelTopic);
    return shown;
  }
}
