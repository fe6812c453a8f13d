package io.nelbo.jobs.replay;

import io.nelbo.model.fit.TrainingProgress;

/** Wants no news. */
final class SilentListener implements ReplayRun.Listener {
  @Override
  public void onRead(long read, long all) {}

  @Override
  public boolean onProgress(TrainingProgress progress) {
    return true;
  }
}
