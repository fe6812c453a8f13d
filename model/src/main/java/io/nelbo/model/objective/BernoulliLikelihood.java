package io.nelbo.model.objective;

import static io.nelbo.model.network.Constants.times;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Activation;

/**
 * Values in [0, 1] under a decoder of logits {@code l}: {@code -log p(x) = softplus(l) - x l},
 * which neither overflows nor takes the logarithm of a rounded probability.
 *
 * <p>For bits this is a probability, and the loss is in nats without further constants. For grey
 * values it is the cross-entropy as it is, as is usual, without the normaliser of a continuous
 * density (Loaiza-Ganem and Cunningham 2019): good for ranking grey images of one kind, no density.
 *
 * <p>Outside [0, 1] nothing has a probability. Such a value is charged as the nearest border plus
 * {@value #OUTSIDE} nats per unit, so that scores stay finite and a wrong unit is never normal.
 */
public final class BernoulliLikelihood implements Likelihood {
  private static final double OUTSIDE = 100;

  private final double deviationFloor;

  /**
   * @param deviationFloor square root of the least of {@link #variances}
   */
  public BernoulliLikelihood(double deviationFloor) {
    this.deviationFloor = deviationFloor;
  }

  @Override
  public NDArray loss(NDArray target, NDArray decoded) {
    NDArray inside = target.clip(0, 1);
    return Activation.softPlus(decoded)
        .sub(decoded.mul(inside.expandDims(0)))
        .add(outside(target, inside).expandDims(0));
  }

  @Override
  public NDArray expectedLoss(NDArray target, NDArray decoded) {
    NDArray inside = target.clip(0, 1);
    NDArray linear = DrawMean.of(decoded).mul(inside);
    return DrawMean.of(Activation.softPlus(decoded)).sub(linear).add(outside(target, inside));
  }

  @Override
  public NDArray means(NDArray decoded) {
    return Activation.sigmoid(decoded);
  }

  @Override
  public NDArray variances(NDArray decoded) {
    NDArray mean = means(decoded);
    return mean.sub(mean.square()).maximum(deviationFloor * deviationFloor);
  }

  private static NDArray outside(NDArray target, NDArray inside) {
    return times(target.sub(inside).abs(), OUTSIDE);
  }
}
