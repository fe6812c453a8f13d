package io.nelbo.model.objective;

import static io.nelbo.model.network.Constants.plus;
import static io.nelbo.model.network.Constants.reciprocal;
import static io.nelbo.model.network.Constants.times;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;

/**
 * One learned standard deviation per feature: {@code sigma^2 = floor^2 + exp(2 rho)}.
 *
 * <p>A parameter and not a decoder output: a variance that the network chooses per record can
 * explain anomalies away. The floor keeps a constant feature from giving infinite certainty.
 */
public final class GaussianLikelihood implements Likelihood {
  private static final double HALF_LOG_TWO_PI = 0.5 * Math.log(2 * Math.PI);

  private final NDArray rho;
  private final double floor;
  private final NDArray halfPrecision;
  private final NDArray normaliser;
  private double[] deviations = new double[0]; // read from the engine when first asked for

  /**
   * @param rho {@code [features]}; derived arrays are made in its manager
   * @param floor least standard deviation in scaled units
   */
  public GaussianLikelihood(NDArray rho, double floor) {
    this.rho = rho;
    this.floor = floor;
    NDArray variance = plus(times(rho, 2).exp(), floor * floor);
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

  /** That of the feature and the spread of its mean, which are independent. */
  @Override
  public double standardDeviation(int feature, double mean, double spread) {
    if (deviations.length == 0) {
      float[] values = rho.toFloatArray();
      deviations = new double[values.length];
      Arrays.setAll(deviations, i -> standardDeviation(values[i], floor));
    }
    return Math.hypot(deviations[feature], spread);
  }

  private static NDArray squaredError(NDArray target, NDArray decoded) {
    return decoded.sub(target.expandDims(0)).square();
  }

  /** {@code sqrt(floor^2 + exp(2 rho))}. */
  static double standardDeviation(double rho, double floor) {
    return Math.sqrt(floor * floor + Math.exp(2 * rho));
  }
}
