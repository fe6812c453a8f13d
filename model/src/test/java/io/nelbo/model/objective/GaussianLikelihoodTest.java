package io.nelbo.model.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import org.junit.jupiter.api.Test;

final class GaussianLikelihoodTest {
  private static final double FLOOR = 0.05;

  @Test
  void itsDensityIntegratesToOne() {
    try (NDManager manager = NDManager.newBaseManager()) {
      float[] rho = {-1f, 0.5f};
      GaussianLikelihood likelihood = new GaussianLikelihood(manager.create(rho), FLOOR);
      int steps = 4000;
      float[] grid = new float[2 * steps];
      for (int i = 0; i < steps; i++) {
        grid[2 * i] = -20f + 40f * (i + 0.5f) / steps;
        grid[2 * i + 1] = grid[2 * i];
      }
      NDArray means = manager.create(new float[] {0.3f, -1f}, new Shape(1, 1, 2));

      float[] losses =
          likelihood.expectedLoss(manager.create(grid, new Shape(steps, 2)), means).toFloatArray();

      for (int feature = 0; feature < 2; feature++) {
        double integral = 0;
        for (int i = 0; i < steps; i++) {
          integral += Math.exp(-losses[2 * i + feature]) * 40.0 / steps;
        }
        assertThat(integral).as("feature %s", feature).isEqualTo(1, within(1e-5));
      }
    }
  }

  @Test
  void averagesTheLossOverTheDraws() {
    try (NDManager manager = NDManager.newBaseManager()) {
      GaussianLikelihood likelihood =
          new GaussianLikelihood(manager.create(new float[] {0f}), FLOOR);
      NDArray means = manager.create(new float[] {1f, -1f, 3f}, new Shape(3, 1, 1));

      float loss =
          likelihood
              .expectedLoss(manager.create(new float[] {0f}, new Shape(1, 1)), means)
              .getFloat();

      double variance = 1 + FLOOR * FLOOR;
      double expected = 0.5 * Math.log(2 * Math.PI * variance) + (11 / 3.0) / (2 * variance);
      assertThat(loss).isEqualTo((float) expected, within(1e-5f));
    }
  }

  @Test
  void neverGetsMoreCertainThanTheFloor() {
    try (NDManager manager = NDManager.newBaseManager()) {
      GaussianLikelihood likelihood =
          new GaussianLikelihood(manager.create(new float[] {-100f, 0f}), FLOOR);

      NDArray decoded = manager.create(new float[] {0.3f, 0.3f}, new Shape(1, 1, 2));

      float[] variances = likelihood.variances(decoded).toFloatArray();

      assertThat(variances[0]).isEqualTo((float) (FLOOR * FLOOR), within(1e-9f));
      assertThat(variances[1]).isEqualTo((float) (1 + FLOOR * FLOOR), within(1e-6f));
    }
  }
}
