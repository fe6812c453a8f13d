package io.nelbo.jobs.kafka;

/**
 * A topic to be made.
 *
 * @param name lower-case with dots
 * @param partitions at least 1
 * @param stampedOnArrival whether a record's Kafka timestamp is the broker's clock instead of the
 *     producer's choice
 */
public record TopicSpec(String name, int partitions, boolean stampedOnArrival) {
  public TopicSpec {
    if (partitions < 1) {
      throw new IllegalArgumentException(
          "partitions of topic %s must be at least 1, got %d".formatted(name, partitions));
    }
  }

  /** With the producers' timestamps. */
  public TopicSpec(String name, int partitions) {
    this(name, partitions, false);
  }

  /** The same with the broker's timestamps. */
  public TopicSpec withArrivalTimes() {
    return new TopicSpec(name, partitions, true);
  }
}
