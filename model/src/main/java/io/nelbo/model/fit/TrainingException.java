package io.nelbo.model.fit;

/** A training that produced no model; the message says why, for the event that announces it. */
public final class TrainingException extends Exception {
  public TrainingException(String message) {
    super(message);
  }

  public TrainingException(String message, Throwable cause) {
    super(message, cause);
  }
}
