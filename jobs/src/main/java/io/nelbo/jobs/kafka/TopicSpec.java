package io.nelbo.jobs.kafka;

/**
 * A topic to be made.
 *
 * @param name lower-case with dots
 * @param partitions at least 1
 */
public record TopicSpec(String name, int partitions) {
  public TopicSpec {
    if (partitions < 1) {
      throw new IllegalArgumentException(
          "partitions of topic %s must be at least 1, got %d".formatted(name, partitions));
    }
  }
}
