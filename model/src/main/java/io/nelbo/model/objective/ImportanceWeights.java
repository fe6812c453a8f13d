package io.nelbo.model.objective;

import static io.nelbo.model.network.Constants.plus;
import static io.nelbo.model.network.Constants.times;

import ai.djl.ndarray.NDArray;
import io.nelbo.model.network.LatentNetwork;
import io.nelbo.model.network.Posterior;

/**
 * The importance-weighted bound (Burda et al. 2016, equation 8): {@code L_k = E log 1/k sum_l w_l},
 * {@code w = p(x|z) p(z) / q(z|x)}. It rises with k from the ELBO (k = 1) to log p(x).
 */
public final class ImportanceWeights {
  private ImportanceWeights() {}

  /**
   * {@code log p(x|z) + beta (log p(z) - log q(z|x))} per draw and window, in nats of the scaled
   * features.
   *
   * @param noise the draws' {@code [samples, rows, latent]}
   * @param beta weight of the latent part, 1 for the bound itself
   * @return {@code [samples, rows]}, in the manager of the posterior
   */
  public static NDArray logWeights(
      LatentNetwork network,
      Likelihood likelihood,
      Posterior posterior,
      NDArray input,
      NDArray target,
      NDArray mask,
      NDArray noise,
      double beta) {
    NDArray draws = posterior.sample(noise);
    NDArray reconstruction =
        likelihood
            .loss(target, network.decode(draws, input))
            .mul(mask.expandDims(0))
            .sum(new int[] {2});
    // Both densities have the same constant; (z - mu)^2 / v is the noise squared.
    NDArray twice = posterior.logVariance().expandDims(0).sub(draws.square()).add(noise.square());
    return times(twice.sum(new int[] {2}), 0.5 * beta).sub(reconstruction);
  }

  /**
   * {@code -log 1/k sum_l w_l} of each window; its gradient is that of equation 13 there.
   *
   * @param logWeights {@code [samples, rows]}
   * @return {@code [rows]}, in their manager
   */
  public static NDArray negativeBound(NDArray logWeights) {
    double samples = logWeights.getShape().get(0);
    // log softmax(w)_l = w_l - log sum exp(w): the difference is that sum, the same for every l.
    NDArray logSum = logWeights.sub(logWeights.logSoftmax(0)).mean(new int[] {0});
    return plus(times(logSum, -1), Math.log(samples));
  }
}
