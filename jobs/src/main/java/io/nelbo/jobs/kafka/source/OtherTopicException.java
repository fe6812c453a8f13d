package io.nelbo.jobs.kafka.source;

import org.apache.flink.runtime.throwable.ThrowableAnnotation;
import org.apache.flink.runtime.throwable.ThrowableType;

/** Offsets of another topic, or of a part that is gone; no restart changes that: there is none. */
@ThrowableAnnotation(ThrowableType.NonRecoverableError)
public final class OtherTopicException extends IllegalStateException {
  private static final long serialVersionUID = 1;

  OtherTopicException(String message) {
    super(message);
  }
}
