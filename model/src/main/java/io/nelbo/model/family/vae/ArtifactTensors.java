package io.nelbo.model.family.vae;

import static io.nelbo.model.Preconditions.requireArgument;

import ai.djl.ndarray.types.Shape;
import io.nelbo.model.artifact.Tensor;
import io.nelbo.model.objective.NoiseBank;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;

/** Compares an artifact's tensors with what its manifest asks for. */
final class ArtifactTensors {
  private ArtifactTensors() {}

  /**
   * @throws IllegalArgumentException that names the tensor, what was found and what was expected
   */
  static void requireMatch(Map<String, Tensor> tensors, DenseLayout layout, int samples) {
    Map<String, Shape> expected = new LinkedHashMap<>(layout.shapes());
    expected.put(NoiseBank.TENSOR, new Shape(samples, layout.latent()));
    TreeSet<String> foreign = new TreeSet<>(tensors.keySet());
    foreign.removeAll(expected.keySet());
    requireArgument(foreign.isEmpty(), "tensors %s do not belong to this network", foreign);
    expected.forEach((name, shape) -> requireShape(name, tensors.get(name), shape));
  }

  private static void requireShape(
      String name, @org.jspecify.annotations.Nullable Tensor tensor, Shape expected) {
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
