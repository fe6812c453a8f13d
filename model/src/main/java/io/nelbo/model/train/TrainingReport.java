package io.nelbo.model.train;

import io.nelbo.model.fit.TrainingProgress;
import java.util.List;

/**
 * What a training did.
 *
 * @param steps of the gradient, or of whatever the family takes
 * @param windows by what they were for
 * @param heldOutNegativeElbo of the calibration windows, mean, in nats of the raw features
 * @param activeLatents latent dimensions whose posterior mean varies (Burda et al. 2016, variance
 *     above 0.01)
 * @param curve figures at every evaluation
 * @param warnings in words: collapse, dead latents, too few rows; empty when all is well
 * @param seconds wall time
 */
public record TrainingReport(
    Steps steps,
    Windows windows,
    double heldOutNegativeElbo,
    int activeLatents,
    List<TrainingProgress> curve,
    List<String> warnings,
    double seconds) {
  /**
   * @param done how many were taken
   * @param best the one whose weights were kept
   */
  public record Steps(int done, int best) {}

  /**
   * @param fit that the gradient saw
   * @param stop of early stopping
   * @param calibration that both have not seen
   */
  public record Windows(int fit, int stop, int calibration) {}

  public TrainingReport {
    curve = List.copyOf(curve);
    warnings = List.copyOf(warnings);
  }
}
