package io.nelbo.model.objective;

import static io.nelbo.model.network.Constants.reciprocal;
import static io.nelbo.model.network.Constants.times;

import ai.djl.ndarray.NDArray;

/**
 * Scaled features whose errors have heavier tails than a Gaussian's: {@code -log p = |x - m| / b +
 * log 2b}, with {@code b = sigma / sqrt 2} so that the learned sigma is the standard deviation.
 */
public final class LaplaceLikelihood implements Likelihood {
  private final NDArray variance;
  private final NDArray inverseWidth;
  private final NDArray normaliser;

  /**
   * @param rho {@code [features]}; derived arrays are made in its manager
   * @param floor least standard deviation in scaled units
   */
  public LaplaceLikelihood(NDArray rho, double floor) {
    variance = LearnedVariance.of(rho, floor);
    inverseWidth = times(reciprocal(variance), 2).sqrt();
    normaliser = times(times(variance, 2).log(), 0.5);
  }

  @Override
  public NDArray loss(NDArray target, NDArray decoded) {
    return error(target, decoded).mul(inverseWidth).add(normaliser);
  }

  @Override
  public NDArray expectedLoss(NDArray target, NDArray decoded) {
    return DrawMean.of(error(target, decoded)).mul(inverseWidth).add(normaliser);
  }

  @Override
  public NDArray means(NDArray decoded) {
    return decoded;
  }

  @Override
  public NDArray variances(NDArray decoded) {
    return decoded.zerosLike().add(variance);
  }

  private static NDArray error(NDArray target, NDArray decoded) {
    return decoded.sub(target.expandDims(0)).abs();
  }
}
