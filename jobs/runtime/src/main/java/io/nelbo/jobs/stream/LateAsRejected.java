package io.nelbo.jobs.stream;

import java.time.Instant;
import org.apache.flink.api.common.functions.MapFunction;

/** Makes a dead letter of a record that came too late, its bytes untouched. */
public final class LateAsRejected implements MapFunction<Observation, Rejected> {
  private static final long serialVersionUID = 1;

  private final String topic;

  public LateAsRejected(String topic) {
    this.topic = topic;
  }

  @Override
  public Rejected map(Observation late) {
    Original original = late.original();
    return new Rejected(
        "LATE",
        "event time "
            + Instant.ofEpochMilli(late.eventTimeMillis())
            + " is not after the last released record of series "
            + late.series(),
        topic,
        late.place(),
        late.kafkaTimeMillis(),
        late.eventTimeMillis(),
        original == null ? new Original(null, null) : original);
  }
}
