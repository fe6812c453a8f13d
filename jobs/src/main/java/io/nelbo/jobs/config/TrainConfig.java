package io.nelbo.jobs.config;

import java.io.Serializable;
import java.time.Duration;

/**
 * How to train; see {@code io.nelbo.model.train.TrainingConfig} for the meaning.
 *
 * @param hidden width of the hidden layers
 * @param latent latent dimensions; 0 chooses by the number of features
 * @param steps gradient steps at most
 * @param batchSize windows per step
 * @param learningRate Adam's step size
 * @param trim share of the worst windows of each batch left out, in [0, 1)
 * @param scoringSamples latent draws per window, even
 * @param scaleBy one scale for all, or one per series
 * @param budget wall time at most
 * @param seed of weights, shuffles and noise
 */
public record TrainConfig(
    int hidden,
    int latent,
    int steps,
    int batchSize,
    double learningRate,
    double trim,
    int scoringSamples,
    ScaleBy scaleBy,
    Duration budget,
    long seed)
    implements Serializable {
  /** One scale for all, or one per series. */
  public enum ScaleBy {
    SERIES,
    GLOBAL
  }
}
