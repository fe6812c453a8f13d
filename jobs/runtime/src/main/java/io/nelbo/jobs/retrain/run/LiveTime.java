package io.nelbo.jobs.retrain.run;

import io.nelbo.jobs.models.ModelHistory;
import io.nelbo.jobs.stream.ModelNotice;

/** Of a stream that goes on while a model is trained. */
public record LiveTime(ModelHistory history) implements StreamTime {
  private static final long serialVersionUID = 1;

  @Override
  public long decidedAtMillis(long processingMillis, long watermarkMillis) {
    return processingMillis;
  }

  /** Every record seen until now was scored without the model. */
  @Override
  public long trainedAtMillis(long spanEndMillis, long newestMillis) {
    return Math.max(spanEndMillis, newestMillis);
  }

  @Override
  public boolean waitsForDecisions() {
    return false;
  }

  @Override
  public boolean keepsToMemory() {
    return true;
  }

  /** The topic gives it its place. */
  @Override
  public ModelNotice announced(ModelNotice notice) {
    return notice;
  }
}
