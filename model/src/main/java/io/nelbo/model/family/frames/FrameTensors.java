package io.nelbo.model.family.frames;

import static io.nelbo.model.Preconditions.requireArgument;

import ai.djl.ndarray.types.Shape;
import io.nelbo.model.artifact.ConvolutionalSpec;
import io.nelbo.model.artifact.ModelWeights;
import io.nelbo.model.artifact.Tensor;
import io.nelbo.model.network.TensorShapes;
import io.nelbo.model.objective.NoiseBank;
import io.nelbo.model.record.Frames;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The weights' file of frames, compared with what its manifest asks for and sorted.
 *
 * @param layout of the network
 * @param network parameters with padded latents, see below
 * @param noise {@code [samples, padded latent]}
 * @param linear the model beside the network
 * @param usualResidual mean square that the linear model left of held-out frames, positive
 * @param nearest frames that were seen
 * @param map says where
 */
record FrameTensors(
    ConvolutionalLayout layout,
    Map<String, Tensor> network,
    Tensor noise,
    LinearFrames linear,
    double usualResidual,
    Tensor nearest,
    MapModel map) {
  static final String USUAL_RESIDUAL = "linear.residual";

  /**
   * The engine's matrix product gives a row other bits in another position when it has fewer than
   * 12 output columns, and mean and log variance are one output.
   */
  private static final int LATENT_MULTIPLE = 8;

  /**
   * @throws IllegalArgumentException that names the tensor, what was found and what was expected
   */
  static FrameTensors of(ModelWeights weights, ConvolutionalSpec spec) {
    if (!(weights.window().record() instanceof Frames frames)) {
      throw new IllegalArgumentException(
          "a convolutional network takes frames, these are " + weights.window().record().inWords());
    }
    WorkingSize size = WorkingSize.of(frames, spec.side());
    ConvolutionalLayout layout = ConvolutionalLayout.of(size, spec.latent(), spec.likelihood());
    Map<String, Tensor> tensors = weights.tensors();
    WorkingSize mapSize = WorkingSize.of(frames, MapModel.SIDE);
    TensorShapes.requireMatch(tensors, expected(layout, spec, mapSize, tensors));
    float usual = Tensor.named(USUAL_RESIDUAL, tensors).values()[0];
    requireArgument(usual > 0, "tensor %s holds %s, expected it positive", USUAL_RESIDUAL, usual);
    int latent = (spec.latent() + LATENT_MULTIPLE - 1) / LATENT_MULTIPLE * LATENT_MULTIPLE;
    Map<String, Tensor> network = new HashMap<>();
    layout.foldedShapes().keySet().forEach(name -> network.put(name, Tensor.named(name, tensors)));
    network.replaceAll((name, tensor) -> padded(name, tensor, spec.latent(), latent));
    return new FrameTensors(
        layout,
        network,
        widened(Tensor.named(NoiseBank.TENSOR, tensors), latent),
        LinearFrames.of(tensors),
        usual,
        Tensor.named(NearestFrames.FRAMES, tensors),
        MapModel.of(tensors, mapSize));
  }

  private static Map<String, Shape> expected(
      ConvolutionalLayout layout,
      ConvolutionalSpec spec,
      WorkingSize map,
      Map<String, Tensor> tensors) {
    Map<String, Shape> expected = new LinkedHashMap<>(layout.foldedShapes());
    int values = layout.size().values();
    expected.put(NoiseBank.TENSOR, new Shape(spec.noise().samples(), spec.latent()));
    expected.put(LinearFrames.MEAN, new Shape(values));
    expected.put(LinearFrames.AXES, new Shape(spec.components(), values));
    expected.put(LinearFrames.VARIANCE, new Shape(1));
    expected.put(USUAL_RESIDUAL, new Shape(1));
    expected.put(
        NearestFrames.FRAMES,
        new Shape(rows(tensors.get(NearestFrames.FRAMES)), NearestFrames.values(layout.size())));
    int components = rows(tensors.get(MapModel.AXES));
    expected.put(MapModel.MEAN, new Shape(map.values()));
    expected.put(MapModel.AXES, new Shape(components, map.values()));
    int ring = RingFilter.places(RingFilter.sideFor(map), RingFilter.holeFor(map));
    expected.put(MapModel.RING, new Shape(ring));
    expected.put(MapModel.USUAL, new Shape(map.area()));
    expected.put(MapModel.BORDER, new Shape(1));
    return expected;
  }

  /** As many as there are. */
  private static int rows(@Nullable Tensor table) {
    return table == null || table.shape().length != 2 ? 1 : table.shape()[0];
  }

  /** The added latents follow the prior exactly and are decoded with weight zero. */
  private static Tensor padded(String name, Tensor tensor, int latent, int wanted) {
    return switch (name) {
      case "decoder.latent.weight" -> widened(tensor, wanted);
      case "encoder.posterior.weight", "encoder.posterior.bias" -> {
        int width = tensor.values().length / tensor.shape()[0];
        int[] shape = tensor.shape().clone();
        shape[0] = 2 * wanted;
        float[] values = new float[2 * wanted * width];
        System.arraycopy(tensor.values(), 0, values, 0, latent * width);
        System.arraycopy(tensor.values(), latent * width, values, wanted * width, latent * width);
        yield new Tensor(shape, values);
      }
      default -> tensor;
    };
  }

  private static Tensor widened(Tensor rows, int width) {
    int count = rows.shape()[0];
    int old = rows.shape()[1];
    float[] values = new float[count * width];
    for (int row = 0; row < count; row++) {
      System.arraycopy(rows.values(), row * old, values, row * width, old);
    }
    return new Tensor(new int[] {count, width}, values);
  }
}
