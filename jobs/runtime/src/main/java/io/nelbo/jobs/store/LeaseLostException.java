package io.nelbo.jobs.store;

import java.io.IOException;
import org.apache.flink.runtime.throwable.ThrowableAnnotation;
import org.apache.flink.runtime.throwable.ThrowableType;

/** Another job retrains this model; a restart would not change that, so there is none. */
@ThrowableAnnotation(ThrowableType.NonRecoverableError)
public final class LeaseLostException extends IOException {
  LeaseLostException(String message) {
    super(message);
  }
}
