package io.nelbo.model.family.vae;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.nelbo.model.artifact.LikelihoodSpec;
import io.nelbo.model.objective.DecodedGaussianLikelihood;
import io.nelbo.model.objective.Likelihood;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every source of a Gaussian's deviation against the density of another library. */
final class GaussianVariantsTest {
  private static final double FLOOR = 0.3;
  private static final float[] MEANS = {0.3f, -1f};
  private static final float[] LEARNED = {-0.7f, 0.4f}; // rho, or the logarithm of the variance

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "BITS")
  void theLossIsTheNegativeLogDensityWithAllItsConstants(DeviationSource source) {
    try (NDManager manager = NDManager.newBaseManager()) {
      float[] values = {-30, -1.5f, -0.2f, 0, 0.01f, 0.7f, 4, 900};
      NDArray target = manager.create(values, new Shape(values.length / 2, 2));

      float[] losses =
          likelihood(source, manager).expectedLoss(target, decoded(source, manager)).toFloatArray();

      for (int i = 0; i < values.length; i++) {
        double expected =
            -new NormalDistribution(MEANS[i % 2], deviation(source, i % 2)).logDensity(values[i]);
        assertThat(losses[i])
            .as("at %s", values[i])
            .isEqualTo((float) expected, within((float) (1e-5 * (1 + Math.abs(expected)))));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "BITS")
  void whatIsExpectedHasThatDeviation(DeviationSource source) {
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray decoded = decoded(source, manager);

      float[] means = likelihood(source, manager).means(decoded).toFloatArray();
      float[] variances = likelihood(source, manager).variances(decoded).toFloatArray();

      assertThat(means).containsExactly(MEANS);
      for (int feature = 0; feature < 2; feature++) {
        double deviation = deviation(source, feature);
        assertThat(variances[feature]).isEqualTo((float) (deviation * deviation), within(1e-5f));
      }
    }
  }

  @Test
  void aDecodedVarianceStaysWithinItsLimits() {
    try (NDManager manager = NDManager.newBaseManager()) {
      DecodedGaussianLikelihood likelihood = new DecodedGaussianLikelihood(FLOOR);
      NDArray decoded = manager.create(new float[] {0, 0, -1e9f, 1e9f}, new Shape(1, 1, 4));

      float[] variances = likelihood.variances(decoded).toFloatArray();

      assertThat(variances[0]).isEqualTo((float) (FLOOR * FLOOR), within(1e-5f));
      assertThat(variances[1]).isEqualTo((float) Math.exp(8), within(1f));
    }
  }

  private static double deviation(DeviationSource source, int feature) {
    double learned =
        switch (source) {
          case PER_FEATURE -> Math.exp(2 * LEARNED[feature]);
          case SHARED -> Math.exp(2 * LEARNED[0]);
          case DECODER -> Math.exp(LEARNED[feature]);
          case FIXED, BITS -> 0;
        };
    return Math.sqrt(FLOOR * FLOOR + learned);
  }

  private static Likelihood likelihood(DeviationSource source, NDManager manager) {
    String kind = LikelihoodKinds.of(source);
    DenseLayout layout = new DenseLayout(1, 2, List.of(1), 1, HiddenActivation.RELU, source);
    Map<String, NDArray> parameters = new HashMap<>();
    layout.shapes().forEach((name, shape) -> parameters.put(name, manager.zeros(shape)));
    if (source == DeviationSource.PER_FEATURE || source == DeviationSource.SHARED) {
      float[] rho = source == DeviationSource.SHARED ? new float[] {LEARNED[0]} : LEARNED;
      parameters.put("likelihood.rho", manager.create(rho));
    }
    return Likelihood.of(
        new LikelihoodSpec(kind, FLOOR, 10f), new DenseNetwork(layout, parameters));
  }

  /** One draw for one row. */
  private static NDArray decoded(DeviationSource source, NDManager manager) {
    NDArray means = manager.create(MEANS, new Shape(1, 1, 2));
    if (source != DeviationSource.DECODER) {
      return means;
    }
    return means.concat(manager.create(LEARNED, new Shape(1, 1, 2)), 2);
  }
}
