package io.nelbo.jobs.image;

import io.nelbo.schemas.DeadLetterReason;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The data's fault: these bytes are no frame. The message names the value and the rule, never the
 * payload.
 *
 * <p>Carries no stack trace: a broken camera causes one per frame.
 */
public final class RefusedFrameException extends Exception {
  private static final long serialVersionUID = 1;

  private final DeadLetterReason reason;
  private final transient @Nullable FoundFrame found;

  RefusedFrameException(DeadLetterReason reason, String message) {
    this(reason, message, null);
  }

  private RefusedFrameException(
      DeadLetterReason reason, String message, @Nullable FoundFrame found) {
    super(message, null, false, false);
    this.reason = reason;
    this.found = found;
  }

  /** The bytes are damaged, or no image that is read here. */
  static RefusedFrameException unparseable(String message, Object... arguments) {
    return new RefusedFrameException(DeadLetterReason.UNPARSEABLE, message.formatted(arguments));
  }

  /** A sound image, but not one that the model's frames can be made of. */
  static RefusedFrameException wrongFrame(String message, Object... arguments) {
    return new RefusedFrameException(DeadLetterReason.WRONG_FRAME, message.formatted(arguments));
  }

  static RefusedFrameException tooLarge(String message, Object... arguments) {
    return new RefusedFrameException(DeadLetterReason.TOO_LARGE, message.formatted(arguments));
  }

  /** The same of an image whose size and channels are known. */
  static RefusedFrameException wrongFrame(FoundFrame found, String message, Object... arguments) {
    return new RefusedFrameException(
        DeadLetterReason.WRONG_FRAME, message.formatted(arguments), found);
  }

  public DeadLetterReason reason() {
    return reason;
  }

  /** What the image is, where that alone is what is wrong with it. */
  public Optional<FoundFrame> found() {
    return Optional.ofNullable(found);
  }

  /** Never null. */
  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
