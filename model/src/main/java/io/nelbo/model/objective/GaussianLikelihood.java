package io.nelbo.model.objective;

import static io.nelbo.model.network.Constants.plus;
import static io.nelbo.model.network.Constants.reciprocal;
import static io.nelbo.model.network.Constants.times;

import ai.djl.ndarray.NDArray;

/** Scaled features with one learned standard deviation each, see {@link LearnedDeviation}. */
public final class GaussianLikelihood implements Likelihood {
  private static final double HALF_LOG_TWO_PI = 0.5 * Math.log(2 * Math.PI);

  private final LearnedDeviation deviation;
  private final NDArray halfPrecision;
  private final NDArray normaliser;

  /**
   * @param rho {@code [features]}; derived arrays are made in its manager
   * @param floor least standard deviation in scaled units
   */
  public GaussianLikelihood(NDArray rho, double floor) {
    deviation = new LearnedDeviation(rho, floor);
    halfPrecision = times(reciprocal(deviation.variance()), 0.5);
    normaliser = plus(times(deviation.variance().log(), 0.5), HALF_LOG_TWO_PI);
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
  public double standardDeviation(int feature, double mean, double spread) {
    return deviation.with(feature, spread);
  }

  private static NDArray squaredError(NDArray target, NDArray decoded) {
    return decoded.sub(target.expandDims(0)).square();
  }
}
