package io.nelbo.model.objective;

import ai.djl.ndarray.NDArray;

/**
 * How a decoder's output explains a record; the same object serves training and scoring.
 *
 * <p>Every constant of the density is kept: losses are nats.
 */
public interface Likelihood {
  /**
   * Negative log-density per feature, averaged over the latent draws.
   *
   * @param target {@code [rows, features]}, scaled; entries that were not observed are ignored by
   *     the caller
   * @param means {@code [samples, rows, features]}
   * @return {@code [rows, features]}, in the manager of {@code means}
   */
  NDArray expectedLoss(NDArray target, NDArray means);

  /** Standard deviation of each feature around the decoder's mean, in scaled units. */
  double[] standardDeviations();
}
