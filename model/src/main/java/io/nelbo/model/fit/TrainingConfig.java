package io.nelbo.model.fit;

import static io.nelbo.model.Preconditions.requireArgument;

import io.nelbo.model.artifact.LikelihoodSpec;
import io.nelbo.model.calibrate.AlertRules;
import java.time.Duration;
import java.util.Collections;
import java.util.List;

/**
 * How to train; the defaults are chosen by measurement, see RATIONALE.md.
 *
 * @param windowLength records per window, 1 to 512
 * @param hidden width of each hidden layer
 * @param latent latent dimensions; 0 picks {@code clip(2 sqrt(features), 2, 16)}
 * @param steps gradient steps at most
 * @param batchSize windows per step
 * @param learningRate Adam's step size
 * @param klWarmUp share of the steps over which beta rises from 0 to 1, in [0, 1]
 * @param trainingSamples Monte Carlo samples per window while training, even
 * @param scoringSamples latent draws per window in the noise bank, even
 * @param deviationFloor least standard deviation per scaled feature; under {@link
 *     LikelihoodSpec#GAUSSIAN_FIXED} there is no other, it is the deviation itself
 * @param trim share of the worst windows of each batch that is left out of the gradient, in [0, 1);
 *     0 for a span that is known to be clean
 * @param scaleBySeries centre and scale each series on its own, shrunk to the global values
 * @param budget wall time at most; what is best by then is kept
 * @param seed of initial weights, shuffles and noise
 * @param design what is trained
 * @param alerts what the calibration has to count
 * @param family of the model, one of the registry's
 */
public record TrainingConfig(
    int windowLength,
    int hidden,
    int latent,
    int steps,
    int batchSize,
    double learningRate,
    double klWarmUp,
    int trainingSamples,
    int scoringSamples,
    double deviationFloor,
    double trim,
    boolean scaleBySeries,
    Duration budget,
    long seed,
    Design design,
    AlertRules alerts,
    String family) {
  /** Of a configuration that does not say. */
  public static final String USUAL_FAMILY = "vae";

  public TrainingConfig {
    requireArgument(
        windowLength >= 1 && windowLength <= 512,
        "windowLength must lie in 1..512, got %s",
        windowLength);
    requireArgument(hidden >= 1, "hidden must be positive, got %s", hidden);
    requireArgument(latent >= 0, "latent must be 0 (chosen by features) or more, got %s", latent);
    requireArgument(steps >= 1, "steps must be positive, got %s", steps);
    requireArgument(batchSize >= 8, "batchSize must be at least 8, got %s", batchSize);
    requireArgument(learningRate > 0, "learningRate must be positive, got %s", learningRate);
    requireArgument(
        klWarmUp >= 0 && klWarmUp <= 1, "klWarmUp must lie in [0, 1], got %s", klWarmUp);
    requireArgument(
        trainingSamples >= 1, "trainingSamples must be positive, got %s", trainingSamples);
    requireArgument(
        scoringSamples >= 2 && scoringSamples % 2 == 0,
        "scoringSamples must be even (antithetic pairs), got %s",
        scoringSamples);
    requireArgument(deviationFloor > 0, "deviationFloor must be positive, got %s", deviationFloor);
    requireArgument(trim >= 0 && trim < 1, "trim must lie in [0, 1), got %s", trim);
    requireArgument(
        !budget.isNegative() && !budget.isZero(), "budget must be positive, got %s", budget);
  }

  /** For sensor values. */
  public TrainingConfig(
      int windowLength,
      int hidden,
      int latent,
      int steps,
      int batchSize,
      double learningRate,
      double klWarmUp,
      int trainingSamples,
      int scoringSamples,
      double deviationFloor,
      double trim,
      boolean scaleBySeries,
      Duration budget,
      long seed) {
    this(
        windowLength,
        hidden,
        latent,
        steps,
        batchSize,
        learningRate,
        klWarmUp,
        trainingSamples,
        scoringSamples,
        deviationFloor,
        trim,
        scaleBySeries,
        budget,
        seed,
        Design.SENSORS,
        AlertRules.DEFAULT,
        USUAL_FAMILY);
  }

  /** For a span that may hold anomalies. */
  public static TrainingConfig defaults() {
    return new TrainingConfig(
        1, 64, 0, 3000, 128, 2e-3, 0.3, 2, 4, 0.05, 0.1, true, Duration.ofMinutes(5), 1);
  }

  /** Widths of the encoder's hidden layers. */
  public List<Integer> hiddenLayers() {
    return Collections.nCopies(design.layers(), hidden);
  }

  /** The same training of other windows. */
  public TrainingConfig withWindowLength(int otherLength) {
    return with(otherLength, steps, trainingSamples, trim, seed, design, alerts, family);
  }

  /** The same training with other random numbers. */
  public TrainingConfig withSeed(long otherSeed) {
    return with(windowLength, steps, trainingSamples, trim, otherSeed, design, alerts, family);
  }

  /** The same training of something else. */
  public TrainingConfig withDesign(Design other) {
    return with(windowLength, steps, trainingSamples, trim, seed, other, alerts, family);
  }

  /** The same training of another length. */
  public TrainingConfig withSteps(int otherSteps) {
    return with(windowLength, otherSteps, trainingSamples, trim, seed, design, alerts, family);
  }

  /** The same training with another number of Monte Carlo samples. */
  public TrainingConfig withTrainingSamples(int otherSamples) {
    return with(windowLength, steps, otherSamples, trim, seed, design, alerts, family);
  }

  /** The same training of a span that is known to hold no anomalies. */
  public TrainingConfig ofCleanSpan() {
    return with(windowLength, steps, trainingSamples, 0, seed, design, alerts, family);
  }

  /** The same training for other rules of alerting. */
  public TrainingConfig withAlerts(AlertRules other) {
    return with(windowLength, steps, trainingSamples, trim, seed, design, other, family);
  }

  /** The same training with series scaled on their own, or all alike. */
  public TrainingConfig withScaleBySeries(boolean bySeries) {
    return new TrainingConfig(
        windowLength,
        hidden,
        latent,
        steps,
        batchSize,
        learningRate,
        klWarmUp,
        trainingSamples,
        scoringSamples,
        deviationFloor,
        trim,
        bySeries,
        budget,
        seed,
        design,
        alerts,
        family);
  }

  /** The same training of another kind of model. */
  public TrainingConfig withFamily(String other) {
    return with(windowLength, steps, trainingSamples, trim, seed, design, alerts, other);
  }

  /**
   * Every setting by its name, for a digest. The usual family is not named: digests of before there
   * were others stay what they were.
   */
  public String settingsText() {
    return toString().replace(", family=" + USUAL_FAMILY + "]", "]");
  }

  private TrainingConfig with(
      int otherLength,
      int otherSteps,
      int otherSamples,
      double otherTrim,
      long otherSeed,
      Design otherDesign,
      AlertRules otherAlerts,
      String otherFamily) {
    return new TrainingConfig(
        otherLength,
        hidden,
        latent,
        otherSteps,
        batchSize,
        learningRate,
        klWarmUp,
        otherSamples,
        scoringSamples,
        deviationFloor,
        otherTrim,
        scaleBySeries,
        budget,
        otherSeed,
        otherDesign,
        otherAlerts,
        otherFamily);
  }
}
