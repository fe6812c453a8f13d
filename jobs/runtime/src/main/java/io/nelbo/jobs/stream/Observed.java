package io.nelbo.jobs.stream;

import org.jspecify.annotations.Nullable;

/**
 * An {@link Observation} that waits for its order, as it lies in state. Savepoints of running jobs
 * know the name of this class and its fields: another one of either is another state.
 *
 * <p>Public fields: Flink keeps it as a POJO.
 */
public final class Observed {
  /** The keyed stream it belongs to. */
  public String series = "";

  /** When it was measured. */
  public long eventTimeMillis;

  /** Raw values, context behind the features. */
  public float[] features = {};

  /** 1 anomalous, 0 normal, -1 unknown. */
  public int label;

  /** Where it lay. */
  public int partition;

  /** Where it lay. */
  public long offset;

  /** The Kafka timestamp. */
  public long kafkaTimeMillis;

  /** Original key bytes, if they are kept. */
  public byte @Nullable [] key;

  /** Original value bytes, if they are kept. */
  public byte @Nullable [] value;

  /** As it lies in state. */
  public static Observed of(Observation record) {
    Observed state = new Observed();
    state.series = record.series();
    state.eventTimeMillis = record.eventTimeMillis();
    state.features = record.features();
    state.label = record.label();
    state.partition = record.partition();
    state.offset = record.offset();
    state.kafkaTimeMillis = record.kafkaTimeMillis();
    Original original = record.original();
    if (original != null) {
      state.key = original.key();
      state.value = original.value();
    }
    return state;
  }

  /** As it travels. */
  public Observation observation() {
    return new Observation(
        series,
        eventTimeMillis,
        features,
        label,
        new Place(partition, offset),
        kafkaTimeMillis,
        key == null && value == null ? null : new Original(key, value));
  }
}
