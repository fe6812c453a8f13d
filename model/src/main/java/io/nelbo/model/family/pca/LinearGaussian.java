package io.nelbo.model.family.pca;

import static io.nelbo.model.Preconditions.requireArgument;

import io.nelbo.model.artifact.Tensor;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;

/**
 * {@code x = W z + mu + noise} with {@code z ~ N(0, I)} and noise {@code ~ N(0, sigma^2 I)}
 * (Tipping and Bishop 1999): values of a whole window, in its order.
 *
 * @param weights a row of latent weights for each value
 * @param mean of each value
 * @param variance of the noise
 */
@SuppressWarnings("ArrayRecordComponent") // read in hot code, never compared
record LinearGaussian(double[][] weights, double[] mean, double variance) {
  private static final String WEIGHTS = "decoder.weight";
  private static final String MEAN = "decoder.bias";
  private static final String VARIANCE = "likelihood.variance";

  /**
   * From the weights' file.
   *
   * @throws IllegalArgumentException that names the tensor, what was found and what was expected
   */
  static LinearGaussian of(Map<String, Tensor> tensors, int values, int latent) {
    requireArgument(
        tensors.keySet().equals(Set.of(WEIGHTS, MEAN, VARIANCE)),
        "the tensors are %s, expected %s, %s and %s",
        tensors.keySet(),
        WEIGHTS,
        MEAN,
        VARIANCE);
    float[] flat = values(tensors, WEIGHTS, values, latent);
    double[][] weights = new double[values][latent];
    for (int value = 0; value < values; value++) {
      for (int i = 0; i < latent; i++) {
        weights[value][i] = flat[value * latent + i];
      }
    }
    float[] bias = values(tensors, MEAN, values);
    double[] mean = new double[values];
    Arrays.setAll(mean, value -> bias[value]);
    float variance = values(tensors, VARIANCE, 1)[0];
    requireArgument(variance > 0, "tensor %s holds %s, expected it positive", VARIANCE, variance);
    return new LinearGaussian(weights, mean, variance);
  }

  /** For the weights' file, in float32. */
  Map<String, Tensor> tensors() {
    int latent = latent();
    float[] flat = new float[mean.length * latent];
    float[] bias = new float[mean.length];
    for (int value = 0; value < mean.length; value++) {
      bias[value] = (float) mean[value];
      for (int i = 0; i < latent; i++) {
        flat[value * latent + i] = (float) weights[value][i];
      }
    }
    return Map.of(
        WEIGHTS, new Tensor(new int[] {mean.length, latent}, flat),
        MEAN, new Tensor(new int[] {mean.length}, bias),
        VARIANCE, new Tensor(new int[] {1}, new float[] {(float) variance}));
  }

  int latent() {
    return weights[0].length;
  }

  private static float[] values(Map<String, Tensor> tensors, String name, int... shape) {
    Tensor tensor = tensors.get(name);
    if (tensor == null) {
      throw new IllegalArgumentException("tensor " + name + " is missing");
    }
    requireArgument(
        Arrays.equals(tensor.shape(), shape),
        "tensor %s has shape %s, expected %s",
        name,
        Arrays.toString(tensor.shape()),
        Arrays.toString(shape));
    for (float value : tensor.values()) {
      requireArgument(
          Float.isFinite(value), "tensor %s holds %s, expected finite values", name, value);
    }
    return tensor.values();
  }
}
