package io.nelbo.jobs.evaluate.data;

import java.io.IOException;

/** Data or labels of a benchmark that do not fit its layout; the message names file and place. */
public final class BenchmarkDataException extends IOException {
  private static final long serialVersionUID = 1;

  public BenchmarkDataException(String message) {
    super(message);
  }
}
