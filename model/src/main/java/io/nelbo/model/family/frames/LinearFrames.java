package io.nelbo.model.family.frames;

import static io.nelbo.model.Preconditions.requireArgument;

import io.nelbo.model.artifact.Tensor;
import java.util.Map;

/**
 * The mean frame and the directions in which frames vary most: a VAE that is linear (Tipping and
 * Bishop 1999), in closed form.
 *
 * @param mean of each value
 * @param axes orthonormal, the widest first, {@code components x values}
 * @param variance of what the axes leave, per value
 */
@SuppressWarnings("ArrayRecordComponent") // weights, never compared
record LinearFrames(float[] mean, float[] axes, double variance) {
  static final String MEAN = "linear.mean";
  static final String AXES = "linear.axes";
  static final String VARIANCE = "linear.variance";

  int components() {
    return axes.length / mean.length;
  }

  Map<String, Tensor> tensors() {
    return Map.of(
        MEAN, new Tensor(new int[] {mean.length}, mean),
        AXES, new Tensor(new int[] {components(), mean.length}, axes),
        VARIANCE, new Tensor(new int[] {1}, new float[] {(float) variance}));
  }

  /**
   * From the weights' file, whose shapes were compared.
   *
   * @throws IllegalArgumentException when a variance is not positive
   */
  static LinearFrames of(Map<String, Tensor> tensors) {
    float variance = Tensor.named(VARIANCE, tensors).values()[0];
    requireArgument(variance > 0, "tensor %s holds %s, expected it positive", VARIANCE, variance);
    return new LinearFrames(
        Tensor.named(MEAN, tensors).values(), Tensor.named(AXES, tensors).values(), variance);
  }
}
