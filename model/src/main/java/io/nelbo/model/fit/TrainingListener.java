package io.nelbo.model.fit;

/** Watches a training and may stop it. Called on the training thread after every step. */
public interface TrainingListener {
  /** Hears nothing, stops nothing. */
  TrainingListener NONE = progress -> true;

  /**
   * @return false to stop: the training then fails with {@link TrainingException}
   */
  boolean onProgress(TrainingProgress progress);
}
