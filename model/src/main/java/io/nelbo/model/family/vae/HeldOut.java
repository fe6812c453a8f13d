package io.nelbo.model.family.vae;

import ai.djl.Device;
import io.nelbo.model.artifact.Tensor;
import io.nelbo.model.fit.Design;
import io.nelbo.model.fit.TrainingConfig;
import io.nelbo.model.network.FlatParameters;
import io.nelbo.model.score.Bounds;
import java.util.Arrays;

/**
 * The figure of early stopping: mean negative bound of windows that the gradient never sees. The
 * ELBO is that of the artifact's noise, scored as a detector would; the importance-weighted bound
 * has noise of its own, the same each time.
 *
 * <p>The worst share of them is left out, as it is from the gradient: on dirty data the mean of all
 * would follow a few anomalies.
 */
final class HeldOut {
  private final Architecture architecture;
  private final FlatParameters flat;
  private final Tensor noise;
  private final float[] windows;
  private final int rows;
  private final TrainingConfig config;
  private final Device device;

  HeldOut(
      Architecture architecture,
      Tensor noise,
      float[] windows,
      TrainingConfig config,
      Device device) {
    this.architecture = architecture;
    this.noise = noise;
    this.windows = windows;
    this.config = config;
    this.device = device;
    flat = new FlatParameters(architecture.layout().shapes());
    rows = windows.length / architecture.window().rowLength();
  }

  double negativeBound(float[] parameters) {
    try (DenseScorer scorer =
        DenseScorer.of(architecture.weights(parameters, flat, noise), device)) {
      double[] figures = figures(scorer);
      Arrays.sort(figures);
      int kept = Math.max(1, rows - (int) (config.data().trim() * rows));
      return Arrays.stream(figures, 0, kept).average().orElseThrow();
    }
  }

  private double[] figures(DenseScorer scorer) {
    if (config.design().objective() == Design.Objective.IWAE) {
      return scorer
          .bounds(windows, rows, config.descent().trainingSamples(), config.seed())
          .stream()
          .mapToDouble(Bounds::importanceWeighted)
          .toArray();
    }
    double[] figures = new double[rows];
    Arrays.setAll(figures, scorer.score(windows, rows)::negativeElbo);
    return figures;
  }
}
