package io.nelbo.model.network;

import static io.nelbo.model.Preconditions.requireArgument;

import ai.djl.ndarray.types.Shape;
import io.nelbo.model.artifact.Tensor;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Compares an artifact's tensors with what its manifest asks for. */
public final class TensorShapes {
  private TensorShapes() {}

  /**
   * Passes when there are these tensors and no others, all of finite values.
   *
   * @throws IllegalArgumentException that names the tensor, what was found and what was expected
   */
  public static void requireMatch(Map<String, Tensor> tensors, Map<String, Shape> expected) {
    TreeSet<String> foreign = new TreeSet<>(tensors.keySet());
    foreign.removeAll(expected.keySet());
    requireArgument(foreign.isEmpty(), "tensors %s do not belong to this network", foreign);
    expected.forEach((name, shape) -> requireShape(name, tensors.get(name), shape));
  }

  private static void requireShape(String name, @Nullable Tensor tensor, Shape expected) {
    if (tensor == null) {
      throw new IllegalArgumentException(
          "tensor " + name + " is missing, expected shape " + expected);
    }
    long[] found = Arrays.stream(tensor.shape()).asLongStream().toArray();
    requireArgument(
        Arrays.equals(found, expected.getShape()),
        "tensor %s has shape %s, expected %s",
        name,
        new Shape(found),
        expected);
    for (float value : tensor.values()) {
      requireArgument(
          Float.isFinite(value), "tensor %s holds %s, expected finite values", name, value);
    }
  }
}
