package io.nelbo.model.network;

import static io.nelbo.model.network.Constants.plus;
import static io.nelbo.model.network.Constants.times;

import ai.djl.ndarray.NDArray;

/**
 * The latent Gaussian {@code q(z|x)} of each window; its arrays belong to the manager of the input.
 *
 * @param mean {@code [rows, latent]}
 * @param logVariance {@code [rows, latent]}, within the limits below
 */
public record Posterior(NDArray mean, NDArray logVariance) {
  /** Keeps {@code exp} finite: standard deviations of the posterior between 5e-4 and 55. */
  public static final float LEAST_LOG_VARIANCE = -15f;

  public static final float MOST_LOG_VARIANCE = 8f;

  /**
   * Reparameterised draws {@code mu + sqrt(v) eps} (Kingma and Welling 2014).
   *
   * @param noise {@code [samples, rows or 1, latent]}
   * @return {@code [samples, rows, latent]}, in the manager of the posterior
   */
  public NDArray sample(NDArray noise) {
    NDArray deviation = times(logVariance, 0.5).exp().expandDims(0);
    return deviation.mul(noise).add(mean.expandDims(0));
  }

  /**
   * Each latent's share of the divergence from N(0, I) in nats, {@code [rows, latent]}: {@code (v -
   * log v - 1 + mu^2) / 2}.
   */
  public NDArray klTerms() {
    return times(plus(logVariance.exp().sub(logVariance), -1).add(mean.square()), 0.5);
  }
}
