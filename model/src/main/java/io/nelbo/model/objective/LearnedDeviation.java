package io.nelbo.model.objective;

import static io.nelbo.model.network.Constants.plus;
import static io.nelbo.model.network.Constants.times;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;

/**
 * One learned standard deviation per feature: {@code sigma^2 = floor^2 + exp(2 rho)}.
 *
 * <p>A parameter and not a decoder output: a variance that the network chooses per record can
 * explain anomalies away. The floor keeps a constant feature from giving infinite certainty.
 */
final class LearnedDeviation {
  private final NDArray rho;
  private final double floor;
  private final NDArray variance;
  private double[] deviations = new double[0]; // read from the engine when first asked for

  /**
   * @param rho {@code [features]}; derived arrays are made in its manager
   * @param floor least standard deviation in scaled units
   */
  LearnedDeviation(NDArray rho, double floor) {
    this.rho = rho;
    this.floor = floor;
    variance = plus(times(rho, 2).exp(), floor * floor);
  }

  /** {@code sigma^2}, {@code [features]}. */
  NDArray variance() {
    return variance;
  }

  /** That of the feature and the spread of its mean, which are independent. */
  double with(int feature, double spread) {
    if (deviations.length == 0) {
      float[] values = rho.toFloatArray();
      deviations = new double[values.length];
      Arrays.setAll(deviations, i -> Math.sqrt(floor * floor + Math.exp(2 * values[i])));
    }
    return Math.hypot(deviations[feature], spread);
  }
}
