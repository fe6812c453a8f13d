package io.nelbo.model.artifact;

import java.io.IOException;

/** An artifact that is refused, with a reason that is a function of its bytes. */
public final class ArtifactException extends IOException {
  /** Why an artifact is refused; also a metric label. */
  public enum Reason {
    MISSING,
    ALTERED,
    TRUNCATED,
    TOO_LARGE,
    FOREIGN_PATH,
    UNKNOWN_FORMAT,
    WRONG_FEATURES,
    WRONG_CALIBRATION,
    INVALID
  }

  private final Reason reason;

  public ArtifactException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
