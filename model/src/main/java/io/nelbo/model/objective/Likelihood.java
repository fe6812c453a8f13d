package io.nelbo.model.objective;

import ai.djl.ndarray.NDArray;
import io.nelbo.model.artifact.LikelihoodSpec;
import io.nelbo.model.network.LatentNetwork;

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
  static Likelihood of(LikelihoodSpec spec, LatentNetwork network) {
    return switch (spec.kind()) {
      case LikelihoodSpec.GAUSSIAN, LikelihoodSpec.GAUSSIAN_SHARED ->
          new GaussianLikelihood(network.rho(), spec.deviationFloor());
      case LikelihoodSpec.GAUSSIAN_PIXELS ->
          new GaussianLikelihood(LearnedVariance.ofPixels(network.rho(), spec.deviationFloor()));
      case LikelihoodSpec.GAUSSIAN_FIXED ->
          new GaussianLikelihood(network.constant(spec.deviationFloor() * spec.deviationFloor()));
      case LikelihoodSpec.GAUSSIAN_DECODER -> new DecodedGaussianLikelihood(spec.deviationFloor());
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
   * @param decoded what {@link LatentNetwork#decode} gives
   * @return {@code [samples, rows, features]}, in the manager of {@code decoded}
   */
  NDArray loss(NDArray target, NDArray decoded);

  /**
   * {@link #loss} averaged over the latent draws.
   *
   * @return {@code [rows, features]}, in the manager of {@code decoded}
   */
  NDArray expectedLoss(NDArray target, NDArray decoded);

  /** The expected record per latent draw, in scaled units, {@code [samples, rows, features]}. */
  NDArray means(NDArray decoded);

  /**
   * Variance around {@link #means} under each latent draw, in scaled units squared, of their shape.
   */
  NDArray variances(NDArray decoded);
}
