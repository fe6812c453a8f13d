package io.nelbo.model.objective;

import static io.nelbo.model.network.Constants.plus;
import static io.nelbo.model.network.Constants.reciprocal;
import static io.nelbo.model.network.Constants.times;

import ai.djl.ndarray.NDArray;

/**
 * Scaled features with a standard deviation that does not depend on the record: one each, or one
 * for all.
 */
public final class GaussianLikelihood implements Likelihood {
  private static final double HALF_LOG_TWO_PI = 0.5 * Math.log(2 * Math.PI);

  private final NDArray variance;
  private final NDArray halfPrecision;
  private final NDArray normaliser;

  /**
   * @param rho {@code [features]} or {@code [1]}; derived arrays are made in its manager
   * @param floor least standard deviation in scaled units
   */
  public GaussianLikelihood(NDArray rho, double floor) {
    this(LearnedVariance.of(rho, floor));
  }

  /**
   * @param variance {@code [features]}, or one number; derived arrays are made in its manager
   */
  GaussianLikelihood(NDArray variance) {
    this.variance = variance;
    halfPrecision = times(reciprocal(variance), 0.5);
    normaliser = plus(times(variance.log(), 0.5), HALF_LOG_TWO_PI);
  }

  @Override
  public NDArray loss(NDArray target, NDArray decoded) {
    return squaredError(target, decoded).mul(halfPrecision).add(normaliser);
  }

  @Override
  public NDArray expectedLoss(NDArray target, NDArray decoded) {
    return DrawMean.of(squaredError(target, decoded)).mul(halfPrecision).add(normaliser);
  }

  @Override
  public NDArray means(NDArray decoded) {
    return decoded;
  }

  @Override
  public NDArray variances(NDArray decoded) {
    return decoded.zerosLike().add(variance);
  }

  private static NDArray squaredError(NDArray target, NDArray decoded) {
    return decoded.sub(target.expandDims(0)).square();
  }
}
