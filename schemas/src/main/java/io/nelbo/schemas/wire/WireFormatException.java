package io.nelbo.schemas.wire;

import java.io.IOException;

/**
 * The data's fault: these bytes cannot be read. The message never contains the payload.
 *
 * <p>Carries no stack trace: a producer gone mad may cause one per record, and the kind says all.
 */
public final class WireFormatException extends IOException {
  /** What is wrong with the bytes. */
  public enum Kind {
    /** They do not begin with the marker of the single-object encoding. */
    NOT_SINGLE_OBJECT,
    /** The fingerprint is of a schema that was never released for this type. */
    UNKNOWN_SCHEMA,
    /** The body ends too early, goes on too long or makes no sense. */
    TRUNCATED_OR_CORRUPT
  }

  private final Kind kind;

  WireFormatException(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  static WireFormatException corrupt(String message) {
    return new WireFormatException(Kind.TRUNCATED_OR_CORRUPT, message);
  }

  public Kind kind() {
    return kind;
  }

  @Override
  public synchronized Throwable fillInStackTrace() {
    return this;
  }
}
