package io.nelbo.jobs.retrain.job;

import io.nelbo.jobs.stream.Observation;
import org.apache.flink.api.common.functions.MapFunction;

/** Key and value are for dead letters: nobody trains on them, so they do not travel. */
final class DropBytes implements MapFunction<Observation, Observation> {
  private static final long serialVersionUID = 1;

  @Override
  public Observation map(Observation row) {
    return row.withoutOriginal();
  }
}
