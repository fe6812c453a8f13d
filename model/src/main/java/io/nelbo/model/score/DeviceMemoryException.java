package io.nelbo.model.score;

import ai.djl.Device;
import ai.djl.engine.EngineException;

/** A GPU has no memory left for a network, or not for its smallest call. Nothing is lost by it. */
public final class DeviceMemoryException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public DeviceMemoryException(String message, EngineException cause) {
    super(message, cause);
  }

  /**
   * Whether a call failed for want of a GPU's memory. The engine knows one exception for everything
   * and tells its kind in words: its allocator's and driver's, or those of the matrix library.
   */
  public static boolean isCause(EngineException failure, Device device) {
    String message = String.valueOf(failure.getMessage());
    return device.isGpu()
        && (message.contains("out of memory") || message.contains("CUBLAS_STATUS_ALLOC_FAILED"));
  }
}
