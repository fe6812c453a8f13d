package io.nelbo.jobs.demo;

import io.nelbo.jobs.kafka.TopicSpec;
import java.util.List;

/**
 * Where one run writes.
 *
 * @param prefix of all names
 * @param models what it reads its models from
 */
public record DemoTopics(
    String prefix, String anomalies, String scores, String deadLetters, String models) {
  /**
   * @param prefix of all names
   */
  static DemoTopics of(String prefix) {
    return new DemoTopics(
        prefix,
        prefix + ".anomalies",
        prefix + ".scores",
        prefix + ".dead-letters",
        prefix + ".models");
  }

  /** Of the run beside it that keeps its first model. */
  DemoTopics kept() {
    return of(prefix + ".kept");
  }

  /**
   * @param partitions of the scores
   */
  List<TopicSpec> specs(int partitions) {
    return List.of(
        new TopicSpec(anomalies, 1),
        new TopicSpec(scores, partitions),
        new TopicSpec(deadLetters, 1),
        new TopicSpec(models, 1));
  }
}
