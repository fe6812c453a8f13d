package io.nelbo.model.family.frames;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.nelbo.model.artifact.Tensor;
import io.nelbo.model.network.DeviceTensors;
import java.util.Arrays;

/** What a linear model leaves of frames, {@code x - mean - V'V (x - mean)}, by the engine. */
final class LinearResidual {
  /** With few columns a row's bits depend on its place, see {@link FrameTensors}. */
  private static final int AXES_MULTIPLE = 16;

  /** Values of one call: 16 MB. */
  private static final int MOST_VALUES = 1 << 22;

  private final NDArray mean;
  private final NDArray axes;

  /**
   * @param manager holds the copies of the model
   */
  LinearResidual(LinearFrames linear, NDManager manager) {
    mean =
        DeviceTensors.copy(manager, Tensor.named(LinearFrames.MEAN, linear.tensors()))
            .expandDims(0);
    axes = DeviceTensors.copy(manager, padded(linear));
  }

  /** Axes of nothing take nothing away. */
  private static Tensor padded(LinearFrames linear) {
    int rows = (linear.components() + AXES_MULTIPLE - 1) / AXES_MULTIPLE * AXES_MULTIPLE;
    int values = linear.mean().length;
    return new Tensor(new int[] {rows, values}, Arrays.copyOf(linear.axes(), rows * values));
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
      LinearResidual model = new LinearResidual(linear, manager);
      int values = linear.mean().length;
      int most = Math.max(1, MOST_VALUES / values) * values;
      float[] left = new float[planes.length];
      for (int from = 0; from < planes.length; from += most) {
        int count = Math.min(most, planes.length - from);
        try (NDManager call = manager.newSubManager()) {
          float[] part = Arrays.copyOfRange(planes, from, from + count);
          NDArray frames = call.create(part, new Shape(count / values, values));
          System.arraycopy(model.of(frames).toFloatArray(), 0, left, from, count);
        }
      }
      return left;
    }
  }
}
