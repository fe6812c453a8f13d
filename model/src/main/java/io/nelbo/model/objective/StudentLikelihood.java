package io.nelbo.model.objective;

import static io.nelbo.model.network.Constants.plus;
import static io.nelbo.model.network.Constants.reciprocal;
import static io.nelbo.model.network.Constants.times;

import ai.djl.ndarray.NDArray;
import org.apache.commons.math3.special.Gamma;

/**
 * Scaled features under Student's t: a large error costs its logarithm and not its square, so that
 * one wild feature does not outweigh all others (Lange, Little and Taylor 1989, JASA 84).
 *
 * <p>{@code -log p = (v + 1) / 2 log(1 + (x - m)^2 / (v s^2)) + log s + log B(1/2, v/2) + 1/2 log
 * v}, with {@code s^2 = sigma^2 (v - 2) / v} so that the learned sigma is the standard deviation.
 */
public final class StudentLikelihood implements Likelihood {
  private final int degrees;
  private final NDArray variance;
  private final NDArray precision;
  private final NDArray normaliser;

  /**
   * @param rho {@code [features]}; derived arrays are made in its manager
   * @param floor least standard deviation in scaled units
   * @param degrees of freedom, at least 3
   */
  public StudentLikelihood(NDArray rho, double floor, int degrees) {
    this.degrees = degrees;
    variance = LearnedVariance.of(rho, floor);
    precision = reciprocal(times(variance, degrees - 2));
    NDArray squaredScale = times(variance, (degrees - 2.0) / degrees);
    double constant =
        Gamma.logGamma(degrees / 2.0)
            - Gamma.logGamma((degrees + 1) / 2.0)
            + 0.5 * Math.log(degrees * Math.PI);
    normaliser = plus(times(squaredScale.log(), 0.5), constant);
  }

  @Override
  public NDArray loss(NDArray target, NDArray decoded) {
    return excess(target, decoded).add(normaliser);
  }

  @Override
  public NDArray expectedLoss(NDArray target, NDArray decoded) {
    return DrawMean.of(excess(target, decoded)).add(normaliser);
  }

  @Override
  public NDArray means(NDArray decoded) {
    return decoded;
  }

  @Override
  public NDArray variances(NDArray decoded) {
    return decoded.zerosLike().add(variance);
  }

  private NDArray excess(NDArray target, NDArray decoded) {
    NDArray squared = decoded.sub(target.expandDims(0)).square().mul(precision);
    return times(plus(squared, 1).log(), (degrees + 1) / 2.0);
  }
}
