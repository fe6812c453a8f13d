package io.nelbo.model.artifact;

import static io.nelbo.model.Preconditions.requireArgument;

import java.util.Map;

/**
 * A named array of the weights file, row-major float32, plain Java.
 *
 * <p>Holds its arrays without copying; the owner must not change them.
 */
@SuppressWarnings("ArrayRecordComponent") // weights, never compared as records
public record Tensor(int[] shape, float[] values) {
  public Tensor {
    long product = 1;
    for (int dimension : shape) {
      requireArgument(dimension >= 0, "a dimension must not be negative, got %s", dimension);
      product = Math.multiplyExact(product, dimension);
    }
    requireArgument(
        product == values.length, "shape asks for %s values, got %s", product, values.length);
  }

  /**
   * One of several, by its name.
   *
   * @throws IllegalArgumentException when it is missing
   */
  public static Tensor named(String name, Map<String, Tensor> tensors) {
    Tensor tensor = tensors.get(name);
    if (tensor == null) {
      throw new IllegalArgumentException("tensor " + name + " is missing");
    }
    return tensor;
  }
}
