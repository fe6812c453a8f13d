package io.nelbo.model.objective;

import static io.nelbo.model.network.Constants.plus;
import static io.nelbo.model.network.Constants.times;

import ai.djl.ndarray.NDArray;
import io.nelbo.model.network.Posterior;

/**
 * Scaled features whose variance the decoder chooses for each record: {@code sigma^2 = floor^2 +
 * exp(v)}, v the second half of its output.
 *
 * <p>For sensors whose noise depends on the regime. Beware: a decoder that is unsure of an anomaly
 * makes it cheap, so a variance can explain away what should be found. Prefer {@link
 * GaussianLikelihood} unless a measurement says otherwise.
 */
public final class DecodedGaussianLikelihood implements Likelihood {
  private static final double HALF_LOG_TWO_PI = 0.5 * Math.log(2 * Math.PI);

  private final double squaredFloor;

  /**
   * @param floor least standard deviation in scaled units
   */
  public DecodedGaussianLikelihood(double floor) {
    squaredFloor = floor * floor;
  }

  @Override
  public NDArray loss(NDArray target, NDArray decoded) {
    NDArray variance = variances(decoded);
    NDArray squaredError = means(decoded).sub(target.expandDims(0)).square();
    return plus(times(squaredError.div(variance).add(variance.log()), 0.5), HALF_LOG_TWO_PI);
  }

  @Override
  public NDArray expectedLoss(NDArray target, NDArray decoded) {
    return DrawMean.of(loss(target, decoded));
  }

  @Override
  public NDArray means(NDArray decoded) {
    return decoded.get(":, :, :{}", features(decoded));
  }

  @Override
  public NDArray variances(NDArray decoded) {
    NDArray logVariance =
        decoded
            .get(":, :, {}:", features(decoded))
            .clip(Posterior.LEAST_LOG_VARIANCE, Posterior.MOST_LOG_VARIANCE);
    return plus(logVariance.exp(), squaredFloor);
  }

  private static long features(NDArray decoded) {
    return decoded.getShape().get(2) / 2;
  }
}
