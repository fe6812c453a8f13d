package io.nelbo.model.family.frames;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.nelbo.model.artifact.Tensor;
import io.nelbo.model.network.DeviceTensors;

/** What a linear model leaves of frames, {@code x - mean - V'V (x - mean)}, by the engine. */
final class LinearResidual {
  private final NDArray mean;
  private final NDArray axes;

  /**
   * @param manager holds the copies of the model
   */
  LinearResidual(LinearFrames linear, NDManager manager) {
    mean =
        DeviceTensors.copy(manager, Tensor.named(LinearFrames.MEAN, linear.tensors()))
            .expandDims(0);
    axes = DeviceTensors.copy(manager, Tensor.named(LinearFrames.AXES, linear.tensors()));
  }

  /**
   * @param frames {@code [rows, values]}
   */
  NDArray of(NDArray frames) {
    NDArray centred = frames.sub(mean);
    return centred.sub(centred.matMul(axes.transpose()).matMul(axes));
  }

  /** Of prepared frames side by side. */
  static float[] of(LinearFrames linear, float[] planes, NDManager parent) {
    try (NDManager manager = parent.newSubManager()) {
      int values = linear.mean().length;
      NDArray frames = manager.create(planes, new Shape(planes.length / values, values));
      return new LinearResidual(linear, manager).of(frames).toFloatArray();
    }
  }
}
