package io.nelbo.jobs.retrain.run;

import io.nelbo.jobs.models.ModelHistory;
import io.nelbo.jobs.stream.ModelNotice;

/** Of a recording, which waits for its decisions: all times follow from its records. */
public record RecordedTime(Backtest backtest) implements StreamTime {
  private static final long serialVersionUID = 1;

  @Override
  public ModelHistory history() {
    return backtest;
  }

  @Override
  public long decidedAtMillis(long processingMillis, long watermarkMillis) {
    return backtest.trainedAt(watermarkMillis);
  }

  @Override
  public long trainedAtMillis(long spanEndMillis, long newestMillis) {
    return backtest.trainedAt(spanEndMillis);
  }

  @Override
  public boolean waitsForDecisions() {
    return true;
  }

  /** What is let go of would depend on how fast the recording is read. */
  @Override
  public boolean keepsToMemory() {
    return false;
  }

  @Override
  public ModelNotice announced(ModelNotice notice) {
    return backtest.announce(notice);
  }
}
