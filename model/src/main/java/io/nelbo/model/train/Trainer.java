package io.nelbo.model.train;

/** Trains one model at a time: the engine allows one gradient collector per process. */
public final class Trainer {
  /**
   * Trains on the calling thread.
   *
   * @throws TrainingException when the span is too small, the loss is not a number, or the listener
   *     stopped it
   */
  public Training train(TrainingRequest request, TrainingListener listener)
      throws TrainingException {
    throw new UnsupportedOperationException();
  }
}
