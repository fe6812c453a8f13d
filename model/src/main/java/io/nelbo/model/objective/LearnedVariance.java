package io.nelbo.model.objective;

import static io.nelbo.model.network.Constants.plus;
import static io.nelbo.model.network.Constants.times;

import ai.djl.ndarray.NDArray;
import io.nelbo.model.artifact.LikelihoodSpec;

/**
 * A learned standard deviation per feature, or one for all: {@code sigma^2 = floor^2 + exp(2 rho)}.
 *
 * <p>A parameter and not a decoder output: a variance that the network chooses per record can
 * explain anomalies away. The floor keeps a constant feature from giving infinite certainty.
 */
final class LearnedVariance {
  private LearnedVariance() {}

  /**
   * @param rho {@code [features]} or {@code [1]}
   * @param floor least standard deviation in scaled units
   * @return of the shape of rho, in its manager
   */
  static NDArray of(NDArray rho, double floor) {
    return plus(times(rho, 2).exp(), floor * floor);
  }

  /** As {@link #of}, with a share of the mean over all pixels added to each. */
  static NDArray ofPixels(NDArray rho, double floor) {
    NDArray own = times(rho, 2).exp();
    return plus(own.add(times(own.mean(), LikelihoodSpec.SHARE_OF_MEAN)), floor * floor);
  }
}
