package io.nelbo.jobs.config;

import java.io.Serializable;
import java.time.Duration;

/** How to train; see {@code io.nelbo.model.fit.TrainingConfig} for the meaning. */
public record TrainConfig(
    @Setting(
            means =
                "kind of model, by the name of its family; a setting that means nothing to it is"
                    + " passed over",
            fallback = "vae")
        String family,
    @Inline Width width,
    @Inline Descent descent,
    @Inline ErrorDensity error,
    @Setting(means = "latent draws per window when scoring, even", fallback = "4")
        int scoringSamples,
    @Setting(means = "centre and scale each series on its own, or all alike", fallback = "series")
        ScaleBy scaleBy,
    @Setting(means = "wall time of one training at most", fallback = "5m") Duration budget,
    @Setting(means = "of weights, shuffles and noise", fallback = "1") long seed)
    implements Serializable {
  /** How large a network is. */
  public record Width(
      @Setting(means = "width of the hidden layers", fallback = "64") int hidden,
      @Setting(means = "latent dimensions; 0 chooses by the number of features", fallback = "0")
          int latent)
      implements Serializable {}

  /** How its weights are found. */
  public record Descent(
      @Setting(means = "gradient steps at most", fallback = "3000") int steps,
      @Setting(means = "windows per step, at least 8", fallback = "128") int batchSize,
      @Setting(means = "Adam's step size", fallback = "0.002") double learningRate,
      @Setting(
              means =
                  "share of the worst windows of each batch that is left out, in [0, 1); 0 if the"
                      + " training span is known to hold no anomalies; a retraining trims nothing,"
                      + " since the model before it has said which records to leave out",
              fallback = "0.1")
          double trim)
      implements Serializable {}

  /** How far from its expectation a feature may lie. */
  public record ErrorDensity(
      @Setting(
              means =
                  "density of a feature's error: gaussian with a learned standard deviation per"
                      + " feature, one for all (gaussian-shared), none learned (gaussian-fixed) or"
                      + " one that the decoder gives record by record and that may explain"
                      + " anomalies away (gaussian-decoder); or with heavier tails student or"
                      + " laplace",
              fallback = "student")
          Likelihood likelihood,
      @Setting(
              means =
                  "with gaussian-fixed: the standard deviation of every feature, in units of its"
                      + " scale, 0.001 to 10",
              fallback = "0.3")
          double deviation)
      implements Serializable {}

  /** The same for another family. */
  public TrainConfig withFamily(String other) {
    return new TrainConfig(other, width, descent, error, scoringSamples, scaleBy, budget, seed);
  }

  /** Density of a feature's error. */
  public enum Likelihood {
    GAUSSIAN,
    GAUSSIAN_SHARED,
    GAUSSIAN_FIXED,
    GAUSSIAN_DECODER,
    LAPLACE,
    STUDENT;

    /** As the file writes it, and the model. */
    public String settingName() {
      return SettingKey.kebab(name());
    }
  }

  /** One scale for all, or one per series. */
  public enum ScaleBy {
    SERIES,
    GLOBAL
  }

  public int hidden() {
    return width.hidden();
  }

  public int latent() {
    return width.latent();
  }

  public int steps() {
    return descent.steps();
  }

  public int batchSize() {
    return descent.batchSize();
  }

  public double learningRate() {
    return descent.learningRate();
  }

  public double trim() {
    return descent.trim();
  }

  public Likelihood likelihood() {
    return error.likelihood();
  }

  public double deviation() {
    return error.deviation();
  }
}
