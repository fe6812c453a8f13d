package io.nelbo.model.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.nelbo.model.artifact.Tensor;

/** Weights on their way to where they are computed with. */
public final class DeviceTensors {
  private DeviceTensors() {}

  /** A copy that the manager closes; in the engine's own memory, which is aligned. */
  public static NDArray copy(NDManager manager, Tensor tensor) {
    long[] shape = new long[tensor.shape().length];
    for (int i = 0; i < shape.length; i++) {
      shape[i] = tensor.shape()[i];
    }
    try (NDArray unaligned = manager.create(tensor.values(), new Shape(shape))) {
      return unaligned.duplicate();
    }
  }
}
