package io.nelbo.model.family.frames;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.nelbo.model.artifact.Tensor;
import io.nelbo.model.network.DeviceTensors;
import io.nelbo.model.network.FlatParameters;
import io.nelbo.model.record.Frames;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class ConvolutionalNetworkTest {
  private static final int ROWS = 6;
  private static final WorkingSize SIZE = WorkingSize.of(new Frames(16, 32, 2), 32);
  private static final ConvolutionalLayout LAYOUT =
      new ConvolutionalLayout(SIZE, 8, ConvolutionalLayout.Deviations.EACH);

  @Test
  void foldedWeightsGiveWhatTheBatchGaveOverWhichTheyWereFolded() {
    Map<String, Tensor> trained = trained();
    float[] frames = numbers(ROWS * SIZE.values(), 2);
    float[] draws = numbers(ROWS * 8, 3);
    PlaneNormalisation.Noting noting = new PlaneNormalisation.Noting();

    try (NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch")) {
      float[] noted = decoded(manager, trained, noting, frames, draws);
      float[] folded =
          decoded(
              manager,
              Folding.fold(trained, noting.noted()),
              PlaneNormalisation.FOLDED,
              frames,
              draws);
      float[] normalised = decoded(manager, trained, PlaneNormalisation.BATCH, frames, draws);

      assertThat(folded).hasSize(ROWS * SIZE.values());
      for (int i = 0; i < folded.length; i++) {
        assertThat(folded[i]).isCloseTo(noted[i], within(2e-4f));
        assertThat(normalised[i]).isCloseTo(noted[i], within(2e-4f));
      }
    }
  }

  /**
   * The decoder's last layer by hand: a convolution whose four planes become a pixel's quarters.
   */
  @Test
  void shuffledPlanesAreThePixelsBetween() {
    Map<String, Tensor> folded = new HashMap<>();
    LAYOUT
        .foldedShapes()
        .forEach(
            (name, shape) ->
                folded.put(name, new Tensor(ints(shape), new float[(int) shape.size()])));
    // Only the bias of the layer before the last speaks, and one kernel of the last one.
    Arrays.fill(values(folded, "decoder.2.bias"), 1);
    float[] last = values(folded, "decoder.mean.weight");
    int perPlane = 16 * 9;
    for (int quarter = 0; quarter < 4; quarter++) {
      last[quarter * perPlane + 4] = quarter + 1; // the kernel's middle, of the first plane
    }

    try (NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch")) {
      float[] frame =
          decoded(
              manager, folded, PlaneNormalisation.FOLDED, new float[SIZE.values()], new float[8]);

      assertThat(frame[0]).isEqualTo(1);
      assertThat(frame[1]).isEqualTo(2);
      assertThat(frame[SIZE.width()]).isEqualTo(3);
      assertThat(frame[SIZE.width() + 1]).isEqualTo(4);
      assertThat(frame[SIZE.area()]).as("the other channel").isZero();
    }
  }

  private static float[] decoded(
      NDManager manager,
      Map<String, Tensor> tensors,
      PlaneNormalisation normalisation,
      float[] frames,
      float[] draws) {
    Map<String, NDArray> parameters = new HashMap<>();
    tensors.forEach((name, tensor) -> parameters.put(name, DeviceTensors.copy(manager, tensor)));
    ConvolutionalNetwork network = new ConvolutionalNetwork(LAYOUT, parameters, normalisation);
    int rows = frames.length / SIZE.values();
    NDArray input = manager.create(frames, new Shape(rows, SIZE.values()));
    NDArray noise = manager.create(draws, new Shape(1, rows, 8));
    return network.decode(network.encode(input).sample(noise), input).toFloatArray();
  }

  private static Map<String, Tensor> trained() {
    FlatParameters flat = new FlatParameters(LAYOUT.shapes());
    float[] parameters = flat.initial(5, LAYOUT.small());
    SplittableRandom random = new SplittableRandom(6);
    for (int i = 0; i < parameters.length; i++) {
      parameters[i] += (float) (0.02 * random.nextGaussian()); // gains and shifts too
    }
    return flat.toTensors(parameters);
  }

  private static float[] values(Map<String, Tensor> tensors, String name) {
    return Objects.requireNonNull(tensors.get(name)).values();
  }

  private static float[] numbers(int count, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = (float) random.nextGaussian();
    }
    return numbers;
  }

  private static int[] ints(Shape shape) {
    return Arrays.stream(shape.getShape()).mapToInt(Math::toIntExact).toArray();
  }
}
