package io.nelbo.model.family.vae;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import io.nelbo.model.artifact.LikelihoodSpec;
import io.nelbo.model.artifact.Tensor;
import io.nelbo.model.network.FlatParameters;
import io.nelbo.model.objective.NoiseBank;
import io.nelbo.model.score.BoundEstimator;
import io.nelbo.model.score.Bounds;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

/**
 * Bounds of models with one latent whose log p(x) is known: probabilistic PCA (Tipping and Bishop
 * 1999) in closed form, bits by numerical integration.
 */
final class BoundsTest {
  /** A relu network of two units per side is linear: relu(z) - relu(-z) = z. */
  private static final DenseLayout LINEAR =
      new DenseLayout(1, 2, List.of(2), 1, HiddenActivation.RELU, DeviationSource.PER_FEATURE);

  private static final double FLOOR = 0.05;
  private static final double[] LOADING = {1.5, -0.8};
  private static final double[] CENTRE = {0.3, -0.2};
  private static final double VARIANCE = 0.25;
  private static final float[] RECORD = {1.7f, 0.4f};

  @Test
  void underTheExactPosteriorEveryBoundIsTheDensityItself() {
    double precision = 1 + dot(LOADING, LOADING) / VARIANCE;
    Map<String, Tensor> exact = principalComponent(precision, 1 / precision);

    Bounds one = bounds(LINEAR, exact, RECORD, 1);
    Bounds many = bounds(LINEAR, exact, RECORD, 300);

    double expected = -logDensity();
    assertThat(one.negativeElbo()).isEqualTo(expected, within(1e-4));
    assertThat(one.importanceWeighted()).isEqualTo(expected, within(1e-4));
    assertThat(many.importanceWeighted()).isEqualTo(expected, within(1e-4));
  }

  @Test
  void underAnotherPosteriorTheBoundFallsToTheDensityAsTheSamplesGrow() {
    double precision = 1 + dot(LOADING, LOADING) / VARIANCE;
    Map<String, Tensor> wide = principalComponent(1.6 * precision, 3 / precision);

    Bounds few = bounds(LINEAR, wide, RECORD, 2);
    Bounds many = bounds(LINEAR, wide, RECORD, 50_000);

    double expected = -logDensity();
    assertThat(many.negativeElbo()).isGreaterThan(expected + 0.3);
    assertThat(few.importanceWeighted()).isLessThanOrEqualTo(few.negativeElbo());
    assertThat(many.importanceWeighted()).isEqualTo(expected, within(0.01));
  }

  @Test
  void aMissingFeatureIsIntegratedOut() {
    float[] record = {1.7f, Float.NaN};
    double seen = LOADING[0] * LOADING[0];
    double precision = 1 + seen / VARIANCE;
    Map<String, Tensor> wide = principalComponent(precision, 2 / precision);

    double bound = bounds(LINEAR, wide, record, 50_000).importanceWeighted();

    double variance = seen + VARIANCE;
    double error = record[0] - CENTRE[0];
    assertThat(bound)
        .isEqualTo(
            0.5 * (Math.log(2 * Math.PI * variance) + error * error / variance), within(0.01));
  }

  @Test
  void ofBitsItIsTheIntegralOverTheLatent() {
    DenseLayout layout =
        new DenseLayout(1, 3, List.of(4), 1, HiddenActivation.TANH, DeviationSource.BITS);
    FlatParameters flat = new FlatParameters(layout.shapes());
    Map<String, Tensor> tensors = new HashMap<>(flat.toTensors(flat.initial(3, layout.small())));
    float[] record = {1f, 0f, 1f};

    double bound = bounds(layout, tensors, record, 50_000).importanceWeighted();

    assertThat(bound).isEqualTo(-Math.log(integral(tensors, record)), within(0.01));
  }

  @Test
  void weightsThatNoFloatHoldsHaveAMeanToo() {
    BoundEstimator.LogMean mean = new BoundEstimator.LogMean();

    mean.add(-5000);
    mean.add(-5000 + Math.log(3));
    mean.add(-5000 + Math.log(5));

    assertThat(mean.ofWeights()).isEqualTo(-5000 + Math.log(3), within(1e-9));
    assertThat(mean.ofLogarithms()).isEqualTo(-5000 + Math.log(15) / 3, within(1e-9));
  }

  /**
   * A decoder of {@code LOADING z + CENTRE} with {@code VARIANCE}, and an encoder of {@code LOADING
   * (x - CENTRE) / (VARIANCE divisor)} with this posterior variance.
   */
  private static Map<String, Tensor> principalComponent(double divisor, double posteriorVariance) {
    double scale = 1 / (VARIANCE * divisor);
    double first = scale * LOADING[0];
    double second = scale * LOADING[1];
    // Of the values, then of the mask: a missing feature takes its part of the centre with it.
    double[] up = {first, second, first * CENTRE[0], second * CENTRE[1]};
    double centre = -up[2] - up[3];
    double[] down = Arrays.stream(up).map(weight -> -weight).toArray();
    Map<String, Tensor> tensors = new HashMap<>();
    put(tensors, "encoder.0.weight", new int[] {2, 4}, concat(up, down));
    put(tensors, "encoder.0.bias", new int[] {2}, centre, -centre);
    put(tensors, "encoder.posterior.weight", new int[] {2, 2}, 1, -1, 0, 0);
    put(tensors, "encoder.posterior.bias", new int[] {2}, 0, Math.log(posteriorVariance));
    put(tensors, "decoder.0.weight", new int[] {2, 1}, 1, -1);
    put(tensors, "decoder.0.bias", new int[] {2}, 0, 0);
    put(
        tensors,
        "decoder.mean.weight",
        new int[] {2, 2},
        LOADING[0],
        -LOADING[0],
        LOADING[1],
        -LOADING[1]);
    put(tensors, "decoder.mean.bias", new int[] {2}, CENTRE);
    double rho = 0.5 * Math.log(VARIANCE - FLOOR * FLOOR);
    put(tensors, "likelihood.rho", new int[] {2}, rho, rho);
    return tensors;
  }

  /** {@code log N(RECORD; CENTRE, LOADING LOADING^T + VARIANCE I)}. */
  private static double logDensity() {
    double a = LOADING[0] * LOADING[0] + VARIANCE;
    double b = LOADING[0] * LOADING[1];
    double d = LOADING[1] * LOADING[1] + VARIANCE;
    double determinant = a * d - b * b;
    double x = RECORD[0] - CENTRE[0];
    double y = RECORD[1] - CENTRE[1];
    double square = (d * x * x - 2 * b * x * y + a * y * y) / determinant;
    return -0.5 * (2 * Math.log(2 * Math.PI) + Math.log(determinant) + square);
  }

  /** {@code integral of N(z; 0, 1) prod p(x_i | z)} by the midpoint rule. */
  private static double integral(Map<String, Tensor> tensors, float[] record) {
    double step = 1e-3;
    double sum = 0;
    for (double z = -10 + step / 2; z < 10; z += step) {
      double product = Math.exp(-0.5 * z * z) / Math.sqrt(2 * Math.PI);
      for (int i = 0; i < record.length; i++) {
        double logit = values(tensors, "decoder.mean.bias")[i];
        for (int unit = 0; unit < 4; unit++) {
          double hidden =
              Math.tanh(
                  values(tensors, "decoder.0.weight")[unit] * z
                      + values(tensors, "decoder.0.bias")[unit]);
          logit += values(tensors, "decoder.mean.weight")[4 * i + unit] * hidden;
        }
        double probability = 1 / (1 + Math.exp(-logit));
        product *= record[i] == 1f ? probability : 1 - probability;
      }
      sum += product * step;
    }
    return sum;
  }

  private static Bounds bounds(
      DenseLayout layout, Map<String, Tensor> weights, float[] record, int samples) {
    Map<String, Tensor> tensors = new HashMap<>(weights);
    tensors.put(NoiseBank.TENSOR, NoiseBank.draw(2, layout.latent(), 1));
    LikelihoodSpec likelihood =
        new LikelihoodSpec(layout.bits() ? "bernoulli" : "gaussian", FLOOR, 10f);
    try (DenseScorer scorer =
        new DenseScorer(layout, likelihood, 2, tensors, Optional.empty(), Device.cpu())) {
      return scorer.bounds(record, 1, samples, 7).get(0);
    }
  }

  private static void put(Map<String, Tensor> tensors, String name, int[] shape, double... values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) values[i];
    }
    tensors.put(name, new Tensor(shape, floats));
  }

  private static float[] values(Map<String, Tensor> tensors, String name) {
    return Objects.requireNonNull(tensors.get(name), name).values();
  }

  private static double dot(double[] first, double[] second) {
    return first[0] * second[0] + first[1] * second[1];
  }

  private static double[] concat(double[] first, double[] second) {
    return DoubleStream.concat(Arrays.stream(first), Arrays.stream(second)).toArray();
  }
}
