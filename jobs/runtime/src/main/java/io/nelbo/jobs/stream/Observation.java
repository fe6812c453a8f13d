package io.nelbo.jobs.stream;

import org.jspecify.annotations.Nullable;

/**
 * One well-formed record on its way to the detector. Public so that Flink serialises it without
 * Kryo; what waits for its order lies in state as {@link Observed}.
 *
 * @param series the keyed stream it belongs to
 * @param eventTimeMillis when it was measured
 * @param features raw values, NaN where not observed; context behind the features
 * @param label 1 anomalous, 0 normal, -1 unknown
 * @param place where it lay
 * @param kafkaTimeMillis the Kafka timestamp
 * @param original kept only when late records become dead letters, else null
 */
@SuppressWarnings("ArrayRecordComponent") // a stream element: serialised, never compared
public record Observation(
    String series,
    long eventTimeMillis,
    float[] features,
    int label,
    Place place,
    long kafkaTimeMillis,
    @Nullable Original original) {
  /** The same without the bytes that it came as. */
  public Observation withoutOriginal() {
    return original == null
        ? this
        : new Observation(series, eventTimeMillis, features, label, place, kafkaTimeMillis, null);
  }

  public int partition() {
    return place.partition();
  }

  public long offset() {
    return place.offset();
  }
}
