package io.nelbo.model.objective;

import ai.djl.ndarray.NDArray;
import io.nelbo.model.artifact.LikelihoodSpec;
import io.nelbo.model.network.DenseNetwork;

/**
 * How a decoder's output explains a record; the same object serves training and scoring.
 *
 * <p>Every constant of the density is kept: losses are nats.
 */
public interface Likelihood {
  /**
   * The likelihood of this kind over the network's output.
   *
   * @throws IllegalArgumentException when the kind is not known
   */
  static Likelihood of(LikelihoodSpec spec, DenseNetwork network) {
    return switch (spec.kind()) {
      case LikelihoodSpec.GAUSSIAN -> new GaussianLikelihood(network.rho(), spec.deviationFloor());
      case LikelihoodSpec.LAPLACE -> new LaplaceLikelihood(network.rho(), spec.deviationFloor());
      case LikelihoodSpec.STUDENT ->
          new StudentLikelihood(network.rho(), spec.deviationFloor(), spec.degreesOfFreedom());
      case LikelihoodSpec.BERNOULLI -> new BernoulliLikelihood(spec.deviationFloor());
      default ->
          throw new IllegalArgumentException(
              "likelihood.kind must be one of %s, got %s"
                  .formatted(LikelihoodSpec.KINDS, spec.kind()));
    };
  }

  /**
   * Negative log-density per feature and latent draw.
   *
   * @param target {@code [rows, features]}, scaled; entries that were not observed are ignored by
   *     the caller
   * @param decoded {@code [samples, rows, features]}
   * @return {@code [samples, rows, features]}, in the manager of {@code decoded}
   */
  NDArray loss(NDArray target, NDArray decoded);

  /**
   * {@link #loss} averaged over the latent draws.
   *
   * @return {@code [rows, features]}, in the manager of {@code decoded}
   */
  NDArray expectedLoss(NDArray target, NDArray decoded);

  /** The expected record per latent draw, in scaled units, of the shape of {@code decoded}. */
  NDArray means(NDArray decoded);

  /**
   * How far a feature may normally be from what is expected, in scaled units.
   *
   * @param mean over the posterior of the feature's expected value
   * @param spread standard deviation over the posterior of that value
   */
  double standardDeviation(int feature, double mean, double spread);
}
