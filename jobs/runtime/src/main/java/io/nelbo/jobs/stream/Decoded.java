package io.nelbo.jobs.stream;

import org.jspecify.annotations.Nullable;

/**
 * What the source makes of one record: an observation, or a reason why there is none. Public, with
 * both beside each other and one of them null, so that Flink serialises it without Kryo.
 *
 * @param observation null when rejected
 * @param rejected null when well-formed
 */
public record Decoded(@Nullable Observation observation, @Nullable Rejected rejected) {
  /** A well-formed record. */
  public static Decoded of(Observation observation) {
    return new Decoded(observation, null);
  }

  /** One that is to be a dead letter. */
  public static Decoded of(Rejected rejected) {
    return new Decoded(null, rejected);
  }

  /** One of which nothing can be read, not even its time. */
  public static Decoded malformed(
      String reason,
      String message,
      String topic,
      Place place,
      long kafkaTimeMillis,
      Original original) {
    return of(
        new Rejected(reason, message, topic, place, kafkaTimeMillis, Long.MIN_VALUE, original));
  }

  public boolean isRejected() {
    return rejected != null;
  }

  /** When it was measured; {@link Long#MIN_VALUE} when rejected, so that it moves no watermark. */
  public long eventTimeMillis() {
    return observation == null ? Long.MIN_VALUE : observation.eventTimeMillis();
  }

  public int partition() {
    return place().partition();
  }

  public long offset() {
    return place().offset();
  }

  private Place place() {
    return rejected == null ? wellFormed().place() : rejected.place();
  }

  /**
   * Why there is no observation.
   *
   * @throws IllegalStateException when there is one
   */
  public Rejected refusal() {
    if (rejected == null) {
      throw new IllegalStateException("well-formed, there is no refusal");
    }
    return rejected;
  }

  /**
   * The observation.
   *
   * @throws IllegalStateException when it was rejected
   */
  public Observation wellFormed() {
    if (observation == null) {
      throw new IllegalStateException("rejected, there is no observation");
    }
    return observation;
  }
}
