package io.nelbo.jobs.demo;

import io.nelbo.jobs.kafka.TopicSpec;
import java.util.List;

/**
 * Where one run writes.
 *
 * @param models what it reads its models from
 */
record DemoTopics(String anomalies, String scores, String deadLetters, String models) {
  /** Of the run that a user would deploy. */
  static final DemoTopics FIRST = of("plant.pumps");

  /** Of the run that keeps its first model. */
  static final DemoTopics SECOND = of("plant.pumps.kept");

  private static DemoTopics of(String prefix) {
    return new DemoTopics(
        prefix + ".anomalies", prefix + ".scores", prefix + ".dead-letters", prefix + ".models");
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
