package io.nelbo.jobs.stream;

import java.time.Instant;
import org.apache.flink.api.common.functions.MapFunction;

/** Makes a dead letter of a record that came too late, its bytes untouched. */
public final class LateAsRejected implements MapFunction<Observed, Rejected> {
  private static final long serialVersionUID = 1;

  private final String topic;

  public LateAsRejected(String topic) {
    this.topic = topic;
  }

  @Override
  public Rejected map(Observed late) {
    return new Rejected(
        "LATE",
        "event time "
            + Instant.ofEpochMilli(late.eventTimeMillis())
            + " is not after the last released record of series "
            + late.series(),
        topic,
        late.partition(),
        late.offset(),
        late.kafkaTimeMillis(),
        late.eventTimeMillis(),
        late.key(),
        late.value());
  }
}
