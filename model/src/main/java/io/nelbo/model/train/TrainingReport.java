package io.nelbo.model.train;

import io.nelbo.model.fit.TrainingProgress;
import java.util.List;

/**
 * What a training did.
 *
 * @param stepsDone gradient steps taken
 * @param bestStep the step whose weights were kept
 * @param fitWindows windows that the gradient saw
 * @param stopWindows windows of early stopping
 * @param calibrationWindows windows of the calibration
 * @param heldOutNegativeElbo of the calibration windows, mean, in nats of the raw features
 * @param activeLatents latent dimensions whose posterior mean varies (Burda et al. 2016, variance
 *     above 0.01)
 * @param curve figures at every evaluation
 * @param warnings in words: collapse, dead latents, too few rows; empty when all is well
 * @param seconds wall time
 */
public record TrainingReport(
    int stepsDone,
    int bestStep,
    int fitWindows,
    int stopWindows,
    int calibrationWindows,
    double heldOutNegativeElbo,
    int activeLatents,
    List<TrainingProgress> curve,
    List<String> warnings,
    double seconds) {
  public TrainingReport {
    curve = List.copyOf(curve);
    warnings = List.copyOf(warnings);
  }
}
