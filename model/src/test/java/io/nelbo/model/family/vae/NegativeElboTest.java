package io.nelbo.model.family.vae;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import io.nelbo.model.artifact.LikelihoodSpec;
import io.nelbo.model.artifact.Tensor;
import io.nelbo.model.network.FlatParameters;
import io.nelbo.model.objective.Likelihood;
import io.nelbo.model.objective.NegativeElbo;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The whole loss against the plain-Java network: its value, and its gradient against central
 * differences of the latter in double precision (the engine's is float32, hence the tolerances).
 */
final class NegativeElboTest {
  private static final double SOFT_CUT = 1.5;
  private static final int FEATURES = 3;
  private static final int LATENT = 2;
  private static final int ROWS = 5;
  private static final int SAMPLES = 2;
  private static final double BETA = 0.7;
  private static final double FLOOR = 0.3;
  private static final float CLIP = 2f;

  private final SplittableRandom random = new SplittableRandom(42);

  static List<DenseLayout> layouts() {
    return List.of(
        new DenseLayout(1, FEATURES, 6, LATENT),
        new DenseLayout(
            3,
            FEATURES,
            1,
            List.of(5),
            LATENT,
            HiddenActivation.TANH,
            DeviationSource.PER_FEATURE,
            OlderRecords.CONTINUED),
        new DenseLayout(3, FEATURES, 6, LATENT),
        new DenseLayout(
            1,
            FEATURES,
            2,
            List.of(6, 6),
            LATENT,
            HiddenActivation.RELU,
            DeviationSource.PER_FEATURE,
            OlderRecords.MARKED_MISSING),
        new DenseLayout(
            3,
            FEATURES,
            4,
            List.of(5),
            LATENT,
            HiddenActivation.TANH,
            DeviationSource.PER_FEATURE,
            OlderRecords.MARKED_MISSING),
        new DenseLayout(
            3, FEATURES, List.of(5), LATENT, HiddenActivation.TANH, DeviationSource.PER_FEATURE),
        new DenseLayout(
            1, FEATURES, List.of(7, 5, 4), LATENT, HiddenActivation.TANH, DeviationSource.BITS),
        new DenseLayout(
            2, FEATURES, List.of(7, 5), LATENT, HiddenActivation.RELU, DeviationSource.BITS),
        new DenseLayout(
            1, FEATURES, List.of(5), LATENT, HiddenActivation.TANH, DeviationSource.SHARED),
        new DenseLayout(
            1, FEATURES, List.of(5), LATENT, HiddenActivation.TANH, DeviationSource.FIXED),
        new DenseLayout(
            2, FEATURES, List.of(5, 4), LATENT, HiddenActivation.TANH, DeviationSource.DECODER));
  }

  @ParameterizedTest
  @MethodSource("layouts")
  void lossAndGradientAgreeWithThePlainJavaNetwork(DenseLayout layout) {
    FlatParameters flat = new FlatParameters(layout.shapes());
    float[] theta = randomised(flat.initial(3, layout.small()));
    float[][] windows = windows(layout);
    float[] noise = gaussian(SAMPLES * ROWS * LATENT);
    double[] expectedSlopes = centralDifferences(layout, flat, theta, windows, noise);

    try (NDManager manager = NDManager.newBaseManager();
        GradientCollector collector = Engine.getInstance().newGradientCollector()) {
      NDArray leaf = manager.create(theta);
      leaf.setRequiresGradient(true);
      NDArray loss = loss(layout, flat, leaf, windows, noise, manager);
      collector.backward(loss);
      float[] slopes = leaf.getGradient().toFloatArray();

      double expected = plainLoss(layout, flat.toTensors(theta), windows, noise, null, 0, 0);
      assertThat((double) loss.getFloat()).isEqualTo(expected, within(1e-5 * Math.abs(expected)));
      for (int i = 0; i < slopes.length; i++) {
        assertThat((double) slopes[i])
            .as("slope %s", i)
            .isEqualTo(expectedSlopes[i], within(1e-4 * (1 + Math.abs(expectedSlopes[i]))));
      }
    }
  }

  private static NDArray loss(
      DenseLayout layout,
      FlatParameters flat,
      NDArray leaf,
      float[][] windows,
      float[] noise,
      NDManager manager) {
    String kind = LikelihoodKinds.of(layout.deviation());
    LikelihoodSpec spec =
        new LikelihoodSpec(kind, FLOOR, CLIP, 0, layout.isLinear() ? SOFT_CUT : 0);
    PackedWindows packed = new PackedWindows(layout, spec, ROWS);
    for (int row = 0; row < ROWS; row++) {
      packed.pack(row, windows[row], 0);
    }
    DenseNetwork network = new DenseNetwork(layout, flat.split(leaf));
    return NegativeElbo.perWindow(
            network,
            Likelihood.of(spec, network),
            packed.input(manager, ROWS),
            packed.target(manager, ROWS),
            packed.mask(manager, ROWS),
            manager.create(noise, new Shape(SAMPLES, ROWS, LATENT)),
            BETA)
        .sum();
  }

  private static double[] centralDifferences(
      DenseLayout layout, FlatParameters flat, float[] theta, float[][] windows, float[] noise) {
    double step = 1e-6;
    double[] slopes = new double[theta.length];
    int at = 0;
    Map<String, Tensor> tensors = flat.toTensors(theta);
    for (String name : tensors.keySet()) {
      for (int i = 0; i < tensors.get(name).values().length; i++) {
        double up = plainLoss(layout, tensors, windows, noise, name, i, step);
        double down = plainLoss(layout, tensors, windows, noise, name, i, -step);
        slopes[at++] = (up - down) / (2 * step);
      }
    }
    return slopes;
  }

  private static double plainLoss(
      DenseLayout layout,
      Map<String, Tensor> tensors,
      float[][] windows,
      float[] noise,
      @Nullable String moved,
      int index,
      double step) {
    PlainJavaVae plain =
        new PlainJavaVae(
            layout, CLIP, FLOOR, layout.isLinear() ? SOFT_CUT : Double.POSITIVE_INFINITY, tensors);
    if (moved != null) {
      plain.parameter(moved)[index] += step;
    }
    double sum = 0;
    for (int row = 0; row < ROWS; row++) {
      double[][] draws = new double[SAMPLES][LATENT];
      for (int sample = 0; sample < SAMPLES; sample++) {
        for (int k = 0; k < LATENT; k++) {
          draws[sample][k] = noise[(sample * ROWS + row) * LATENT + k];
        }
      }
      double[] terms = plain.terms(windows[row], draws);
      sum += terms[0] + BETA * terms[1];
    }
    return sum;
  }

  /** Windows with missing values and one value beyond the encoder's clip. */
  private float[][] windows(DenseLayout layout) {
    float[][] windows = new float[ROWS][];
    for (int row = 0; row < ROWS; row++) {
      windows[row] = layout.bits() ? grey(layout.rowLength()) : gaussian(layout.rowLength());
    }
    windows[1][layout.rowLength() - 1] = Float.NaN;
    windows[2][0] = Float.NaN;
    windows[3][layout.rowLength() - 2] = layout.bits() ? 1f : 5f;
    return windows;
  }

  private float[] grey(int length) {
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = (float) random.nextDouble();
    }
    return values;
  }

  /** Biases too, so that no slope is zero by construction. */
  private float[] randomised(float[] theta) {
    float[] moved = gaussian(theta.length);
    for (int i = 0; i < theta.length; i++) {
      moved[i] = theta[i] + 0.1f * moved[i];
    }
    return moved;
  }

  private float[] gaussian(int length) {
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }
}
