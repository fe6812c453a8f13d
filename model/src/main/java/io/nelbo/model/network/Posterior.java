package io.nelbo.model.network;

import io.nelbo.model.family.vae.DenseNetwork;
import static io.nelbo.model.network.Constants.plus;
import static io.nelbo.model.network.Constants.times;

import ai.djl.ndarray.NDArray;

/**
 * The latent Gaussian {@code q(z|x)} of each window; its arrays belong to the manager of the input.
 *
 * @param mean {@code [rows, latent]}
 * @param logVariance {@code [rows, latent]}, within {@link DenseNetwork}'s limits
 */
public record Posterior(NDArray mean, NDArray logVariance) {
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
