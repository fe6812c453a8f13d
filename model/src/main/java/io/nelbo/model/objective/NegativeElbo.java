package io.nelbo.model.objective;

import static io.nelbo.model.network.Constants.times;

import ai.djl.ndarray.NDArray;
import io.nelbo.model.network.LatentNetwork;
import io.nelbo.model.network.Posterior;

/**
 * The loss that training minimises and, with beta 1, the score.
 *
 * <p>{@code - 1/L sum_l log p(x|z_l) + beta KL(q(z|x) || N(0, I))}: summed over observed features
 * and over latents (a mean over features against a summed divergence collapses the model).
 */
public final class NegativeElbo {
  private NegativeElbo() {}

  /**
   * Loss of each window in nats of the scaled features.
   *
   * @param input {@code [rows, inputWidth]}
   * @param target {@code [rows, features]}
   * @param mask 1 where the target was observed
   * @param noise {@code [samples, rows or 1, latent]}
   * @param beta weight of the divergence
   * @return {@code [rows]}, in the manager of the input
   */
  public static NDArray perWindow(
      LatentNetwork network,
      Likelihood likelihood,
      NDArray input,
      NDArray target,
      NDArray mask,
      NDArray noise,
      double beta) {
    Posterior posterior = network.encode(input);
    NDArray means = network.decode(posterior.sample(noise), input);
    NDArray reconstruction = likelihood.expectedLoss(target, means).mul(mask).sum(new int[] {1});
    NDArray divergence = posterior.klTerms().sum(new int[] {1});
    return reconstruction.add(times(divergence, beta));
  }
}
