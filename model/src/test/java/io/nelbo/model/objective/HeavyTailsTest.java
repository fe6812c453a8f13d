package io.nelbo.model.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.nelbo.model.artifact.LikelihoodSpec;
import org.apache.commons.math3.distribution.LaplaceDistribution;
import org.apache.commons.math3.distribution.RealDistribution;
import org.apache.commons.math3.distribution.TDistribution;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against the densities of another library, moved and stretched. */
final class HeavyTailsTest {
  private static final double FLOOR = 0.05;
  private static final float RHO = -0.7f;
  private static final int DEGREES = 8;
  private static final double DEVIATION = Math.sqrt(FLOOR * FLOOR + Math.exp(2 * RHO));

  /** Of the Student's t whose standard deviation is the learned one. */
  private static final double SCALE = DEVIATION * Math.sqrt((DEGREES - 2.0) / DEGREES);

  @ParameterizedTest
  @ValueSource(strings = {LikelihoodSpec.LAPLACE, LikelihoodSpec.STUDENT})
  void theLossIsTheNegativeLogDensityWithAllItsConstants(String kind) {
    try (NDManager manager = NDManager.newBaseManager()) {
      float[] values = {-1e6f, -30, -1.5f, -0.2f, 0, 0.01f, 0.7f, 4, 1e5f};
      NDArray target = manager.create(values, new Shape(values.length, 1));
      NDArray decoded = manager.create(new float[] {0.3f, 0.3f}, new Shape(2, 1, 1));

      float[] losses = likelihood(kind, manager).expectedLoss(target, decoded).toFloatArray();

      for (int i = 0; i < values.length; i++) {
        double expected = -logDensity(kind, values[i] - 0.3f);
        assertThat(losses[i])
            .as("at %s", values[i])
            .isEqualTo((float) expected, within((float) (1e-5 * (1 + Math.abs(expected)))));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {LikelihoodSpec.LAPLACE, LikelihoodSpec.STUDENT})
  void theLearnedDeviationIsTheStandardDeviation(String kind) {
    double variance =
        kind.equals(LikelihoodSpec.LAPLACE)
            ? new LaplaceDistribution(0, DEVIATION / Math.sqrt(2)).getNumericalVariance()
            : SCALE * SCALE * new TDistribution(DEGREES).getNumericalVariance();

    assertThat(Math.sqrt(variance)).isEqualTo(DEVIATION, within(1e-12));
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray decoded = manager.create(new float[] {0.3f}, new Shape(1, 1, 1));

      assertThat(likelihood(kind, manager).variances(decoded).getFloat())
          .isEqualTo((float) (DEVIATION * DEVIATION), within(1e-6f));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {LikelihoodSpec.LAPLACE, LikelihoodSpec.STUDENT})
  void averagesTheLossesOfTheDrawsAndNotTheDraws(String kind) {
    try (NDManager manager = NDManager.newBaseManager()) {
      Likelihood likelihood = likelihood(kind, manager);
      NDArray target = manager.create(new float[] {0.5f}, new Shape(1, 1));
      NDArray decoded = manager.create(new float[] {0, 3}, new Shape(2, 1, 1));

      float[] each = likelihood.loss(target, decoded).toFloatArray();
      float mean = likelihood.expectedLoss(target, decoded).getFloat();

      assertThat(mean).isEqualTo((each[0] + each[1]) / 2, within(1e-5f));
    }
  }

  private static Likelihood likelihood(String kind, NDManager manager) {
    NDArray rho = manager.create(new float[] {RHO});
    return kind.equals(LikelihoodSpec.LAPLACE)
        ? new LaplaceLikelihood(rho, FLOOR)
        : new StudentLikelihood(rho, FLOOR, DEGREES);
  }

  private static double logDensity(String kind, double error) {
    if (kind.equals(LikelihoodSpec.LAPLACE)) {
      RealDistribution laplace = new LaplaceDistribution(0, DEVIATION / Math.sqrt(2));
      // Beyond the range of the density itself, its formula.
      return Math.abs(error) > 100
          ? -Math.abs(error) * Math.sqrt(2) / DEVIATION - Math.log(Math.sqrt(2) * DEVIATION)
          : Math.log(laplace.density(error));
    }
    return new TDistribution(DEGREES).logDensity(error / SCALE) - Math.log(SCALE);
  }
}
