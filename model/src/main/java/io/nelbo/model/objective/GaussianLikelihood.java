package io.nelbo.model.objective;

import static io.nelbo.model.network.Constants.plus;
import static io.nelbo.model.network.Constants.reciprocal;
import static io.nelbo.model.network.Constants.times;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;

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
  public NDArray expectedLoss(NDArray target, NDArray means) {
    NDArray squared = means.sub(target.expandDims(0)).square();
    // Added one by one: the engine's own reductions may add in another order in another shape.
    NDList samples = squared.split(squared.getShape().get(0));
    NDArray sum = samples.get(0);
    for (int i = 1; i < samples.size(); i++) {
      sum = sum.add(samples.get(i));
    }
    NDArray meanSquare = times(sum.squeeze(0), 1.0 / samples.size());
    return meanSquare.mul(halfPrecision).add(normaliser);
  }

  @Override
  public double[] standardDeviations() {
    float[] values = rho.toFloatArray();
    double[] deviations = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      deviations[i] = standardDeviation(values[i], floor);
    }
    return deviations;
  }

  /** {@code sqrt(floor^2 + exp(2 rho))}. */
  static double standardDeviation(double rho, double floor) {
    return Math.sqrt(floor * floor + Math.exp(2 * rho));
  }
}
