package io.nelbo.model.network;

import static io.nelbo.model.Preconditions.requireArgument;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import io.nelbo.model.artifact.Tensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/** All parameters end to end in one array: one gradient, one optimiser state, one snapshot. */
public final class FlatParameters {
  private final Map<String, Shape> shapes;

  /**
   * @param shapes of the parameters by name, {@code [out, in]} for weights; their order is that of
   *     the array
   */
  public FlatParameters(Map<String, Shape> shapes) {
    this.shapes = new LinkedHashMap<>(shapes);
  }

  /** Number of values. */
  public int size() {
    return shapes.values().stream().mapToInt(shape -> Math.toIntExact(shape.size())).sum();
  }

  /**
   * Weights uniform in {@code +-sqrt(3 / in)} (unit gain; He et al. 2015 divide by the layer's
   * inputs likewise), gains one, biases zero; drawn in Java, so that a seed means the same on every
   * engine.
   *
   * @param small weights that are scaled by a tenth, so that what they give starts close to zero
   */
  public float[] initial(long seed, Set<String> small) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] flat = new float[size()];
    int offset = 0;
    for (Map.Entry<String, Shape> entry : shapes.entrySet()) {
      int length = Math.toIntExact(entry.getValue().size());
      if (entry.getKey().endsWith(".weight")) {
        double gain = small.contains(entry.getKey()) ? 0.1 : 1.0;
        double bound = gain * Math.sqrt(3.0 * entry.getValue().get(0) / length);
        for (int i = 0; i < length; i++) {
          flat[offset + i] = (float) (bound * (2 * random.nextDouble() - 1));
        }
      } else if (entry.getKey().endsWith(".gain")) {
        Arrays.fill(flat, offset, offset + length, 1);
      }
      offset += length;
    }
    return flat;
  }

  /**
   * The parameters of an artifact, the inverse of {@link #toTensors}; other tensors are passed
   * over.
   *
   * @throws IllegalArgumentException when one is missing or of another shape
   */
  public float[] of(Map<String, Tensor> tensors) {
    float[] flat = new float[size()];
    for (String name : shapes.keySet()) {
      Tensor tensor = tensors.get(name);
      if (tensor == null) {
        throw new IllegalArgumentException("the model has no parameter " + name);
      }
      put(flat, name, tensor.values());
    }
    return flat;
  }

  /** Replaces one parameter in a flat array. */
  public void put(float[] flat, String name, float[] values) {
    int offset = 0;
    for (Map.Entry<String, Shape> entry : shapes.entrySet()) {
      if (entry.getKey().equals(name)) {
        requireArgument(
            values.length == entry.getValue().size(),
            "%s has %s values, got %s",
            name,
            entry.getValue().size(),
            values.length);
        System.arraycopy(values, 0, flat, offset, values.length);
        return;
      }
      offset += Math.toIntExact(entry.getValue().size());
    }
    throw new IllegalArgumentException("the network has no parameter " + name);
  }

  /** The parameters by name, as views of the flat array that gradients flow through. */
  public Map<String, NDArray> split(NDArray flat) {
    long[] borders = new long[shapes.size() - 1];
    long offset = 0;
    int index = 0;
    for (Shape shape : shapes.values()) {
      offset += shape.size();
      if (index < borders.length) {
        borders[index++] = offset;
      }
    }
    NDList parts = flat.split(borders);
    Map<String, NDArray> named = new LinkedHashMap<>();
    index = 0;
    for (Map.Entry<String, Shape> entry : shapes.entrySet()) {
      named.put(entry.getKey(), parts.get(index++).reshape(entry.getValue()));
    }
    return named;
  }

  /** The parameters by name, as plain copies for an artifact. */
  public Map<String, Tensor> toTensors(float[] flat) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    int offset = 0;
    for (Map.Entry<String, Shape> entry : shapes.entrySet()) {
      int length = Math.toIntExact(entry.getValue().size());
      int[] shape = Arrays.stream(entry.getValue().getShape()).mapToInt(Math::toIntExact).toArray();
      tensors.put(
          entry.getKey(), new Tensor(shape, Arrays.copyOfRange(flat, offset, offset + length)));
      offset += length;
    }
    return tensors;
  }
}
