package io.nelbo.model.fit;

import static io.nelbo.model.Preconditions.requireArgument;

import io.nelbo.model.calibrate.AlertRules;
import io.nelbo.model.calibrate.SmoothedCalibration;
import java.time.Duration;
import java.util.Collections;
import java.util.List;

/**
 * How to train; the defaults are chosen by measurement, see RATIONALE.md.
 *
 * @param family of the model, one of the registry's
 * @param data how records are taken
 * @param network how large
 * @param design what is trained
 * @param descent how it is found
 * @param alerts what the calibration has to count
 * @param budget wall time at most; what is best by then is kept
 * @param seed of initial weights, shuffles and noise
 */
public record TrainingConfig(
    String family,
    DataRules data,
    NetworkSize network,
    Design design,
    Descent descent,
    AlertRules alerts,
    Duration budget,
    long seed) {
  /** Of a configuration that does not say. */
  public static final String USUAL_FAMILY = "vae";

  public TrainingConfig {
    requireArgument(
        !budget.isNegative() && !budget.isZero(), "budget must be positive, got %s", budget);
  }

  /** For sensor values, in a span that may hold anomalies. */
  public static TrainingConfig defaults() {
    return new TrainingConfig(
        USUAL_FAMILY,
        new DataRules(1, true, 0.05, 0.1),
        new NetworkSize(64, 0, 4),
        Design.SENSORS,
        new Descent(3000, 128, 2e-3, 0.3, 2),
        AlertRules.DEFAULT,
        Duration.ofMinutes(5),
        1);
  }

  /** For frames, in a span that may hold anomalies. */
  public static TrainingConfig ofFrames() {
    return defaults()
        .withDesign(Design.FRAMES)
        .withNetwork(new NetworkSize(64, 0, 2))
        .withDescent(new Descent(3000, 32, 2e-3, 0.3, 1));
  }

  /** Records per window. */
  public int windowLength() {
    return data.windowLength();
  }

  /** Widths of the encoder's hidden layers. */
  public List<Integer> hiddenLayers() {
    return Collections.nCopies(design.layers(), network.hidden());
  }

  /** The same training of another kind of model. */
  public TrainingConfig withFamily(String other) {
    return new TrainingConfig(other, data, network, design, descent, alerts, budget, seed);
  }

  /** The same training of records that are taken otherwise. */
  public TrainingConfig withData(DataRules other) {
    return new TrainingConfig(family, other, network, design, descent, alerts, budget, seed);
  }

  /** The same training of other windows. */
  public TrainingConfig withWindowLength(int other) {
    return withData(data.withWindowLength(other));
  }

  /**
   * The same training of records that follow each other: means over them alarm too, where windows
   * hold several of them.
   */
  public TrainingConfig ofStream(int length) {
    int records = SmoothedCalibration.usualRecords(length);
    return withWindowLength(length).withAlerts(new AlertRules(alerts.episodeGap(), records));
  }

  /** The same training of a span that is known to hold no anomalies. */
  public TrainingConfig ofCleanSpan() {
    return withData(data.withTrim(0));
  }

  /** The same training of a model of another size. */
  public TrainingConfig withNetwork(NetworkSize other) {
    return new TrainingConfig(family, data, other, design, descent, alerts, budget, seed);
  }

  /** The same training of something else. */
  public TrainingConfig withDesign(Design other) {
    return new TrainingConfig(family, data, network, other, descent, alerts, budget, seed);
  }

  /** The same training, by another descent. */
  public TrainingConfig withDescent(Descent other) {
    return new TrainingConfig(family, data, network, design, other, alerts, budget, seed);
  }

  /** The same training of another length. */
  public TrainingConfig withSteps(int other) {
    return withDescent(descent.withSteps(other));
  }

  /** The same training for other rules of alerting. */
  public TrainingConfig withAlerts(AlertRules other) {
    return new TrainingConfig(family, data, network, design, descent, other, budget, seed);
  }

  /** The same training in another time. */
  public TrainingConfig withBudget(Duration other) {
    return new TrainingConfig(family, data, network, design, descent, alerts, other, seed);
  }

  /** The same training with other random numbers. */
  public TrainingConfig withSeed(long other) {
    return new TrainingConfig(family, data, network, design, descent, alerts, budget, other);
  }

  /**
   * Every setting by its name, for a digest: as one flat record wrote itself once, so that the
   * digests of then stay what they were. For the same reason the usual family is not named.
   */
  public String settingsText() {
    return "TrainingConfig[windowLength=%s, hidden=%s, latent=%s, steps=%s, batchSize=%s, "
            .formatted(
                data.windowLength(),
                network.hidden(),
                network.latent(),
                descent.steps(),
                descent.batchSize())
        + "learningRate=%s, klWarmUp=%s, trainingSamples=%s, scoringSamples=%s, "
            .formatted(
                descent.learningRate(),
                descent.klWarmUp(),
                descent.trainingSamples(),
                network.scoringSamples())
        + "deviationFloor=%s, trim=%s, scaleBySeries=%s, budget=%s, seed=%s, design=%s, alerts=%s"
            .formatted(
                data.deviationFloor(),
                data.trim(),
                data.scaleBySeries(),
                budget,
                seed,
                design,
                alerts)
        + (data.frames().equals(FrameRules.USUAL) ? "" : ", frames=" + data.frames())
        + (family.equals(USUAL_FAMILY) ? "]" : ", family=" + family + "]");
  }
}
