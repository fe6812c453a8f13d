package io.nelbo.model.network;

import ai.djl.ndarray.NDArray;

/**
 * An encoder and a decoder with a latent Gaussian between them, whatever their layers are: what
 * likelihoods, bounds and the descent need to know of a network.
 */
public interface LatentNetwork {
  /** The posterior of each row of the input. */
  Posterior encode(NDArray input);

  /**
   * What the likelihood takes for the newest record's features, one per latent draw.
   *
   * @param draws {@code [samples, rows, latent]}
   * @param input what the encoder saw, for what the decoder sees of it
   * @return {@code [samples, rows, features]}, or twice the features
   */
  NDArray decode(NDArray draws, NDArray input);

  /** The likelihood's own parameter, {@code [features]} or {@code [1]}. */
  NDArray rho();

  /** A number, in the manager of the parameters. */
  NDArray constant(double value);
}
