package io.nelbo.model.detect;

/** A model that cannot score a record, though it could be opened; the message says why. */
public final class UnusableModelException extends RuntimeException {
  private static final long serialVersionUID = 1;

  UnusableModelException(String message, Throwable cause) {
    super(message, cause);
  }
}
