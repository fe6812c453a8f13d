package io.nelbo.jobs.retrain.job;

import io.nelbo.jobs.stream.Observed;
import org.apache.flink.api.common.functions.MapFunction;

/** Key and value are for dead letters: nobody trains on them, so they do not travel. */
final class DropBytes implements MapFunction<Observed, Observed> {
  private static final long serialVersionUID = 1;

  @Override
  public Observed map(Observed row) {
    return new Observed(
        row.series(),
        row.eventTimeMillis(),
        row.features(),
        row.label(),
        row.partition(),
        row.offset(),
        row.kafkaTimeMillis(),
        null,
        null);
  }
}
