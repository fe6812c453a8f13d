package io.nelbo.model.fit;

import static io.nelbo.model.Preconditions.requireArgument;

import io.nelbo.model.artifact.DenseNetworkSpec;
import io.nelbo.model.artifact.LikelihoodSpec;

/**
 * What is trained, where it is not the same for all data: sensors and pixels differ in it.
 *
 * @param likelihood one of {@link LikelihoodSpec#KINDS}
 * @param layers hidden layers on either side
 * @param activation after each hidden layer, {@code relu} or {@code tanh}
 * @param hiddenShare share of the entries of each window that training hides, so that a missing one
 *     is nothing new, in [0, 1)
 * @param binarise whether training and early stopping see bits, drawn with the entries as
 *     probabilities, afresh in each step (dynamic binarisation, Burda et al. 2016); scoring and
 *     calibration take values as they come
 * @param objective what training maximises
 */
public record Design(
    String likelihood,
    int layers,
    String activation,
    double hiddenShare,
    boolean binarise,
    Objective objective) {
  /** A lower bound of log p(x). */
  public enum Objective {
    /** Mean over the training samples of the weights' logarithms, the divergence in closed form. */
    ELBO,
    /** Importance-weighted (Burda et al. 2016): k is the number of training samples. */
    IWAE
  }

  /** Sensor values of any unit. */
  public static final Design SENSORS =
      new Design(LikelihoodSpec.STUDENT, 2, DenseNetworkSpec.RELU, 0.05, false, Objective.ELBO);

  /** Pixels of frames. */
  public static final Design FRAMES =
      new Design(
          LikelihoodSpec.GAUSSIAN_PIXELS, 2, DenseNetworkSpec.RELU, 0, false, Objective.ELBO);

  public Design {
    boolean bernoulli = likelihood.equals(LikelihoodSpec.BERNOULLI);
    requireArgument(
        LikelihoodSpec.KINDS.contains(likelihood),
        "likelihood must be one of %s, got %s",
        LikelihoodSpec.KINDS,
        likelihood);
    requireArgument(layers >= 1, "layers must be positive, got %s", layers);
    requireArgument(
        hiddenShare >= 0 && hiddenShare < 1, "hiddenShare must lie in [0, 1), got %s", hiddenShare);
    requireArgument(
        bernoulli || !binarise, "binarise needs the bernoulli likelihood, got %s", likelihood);
  }

  /** Whether values are bits or grey in [0, 1], which are not scaled. */
  public boolean isBernoulli() {
    return likelihood.equals(LikelihoodSpec.BERNOULLI);
  }

  /** The same under another likelihood. */
  public Design withLikelihood(String other) {
    return new Design(other, layers, activation, hiddenShare, binarise, objective);
  }

  /** The same for another objective. */
  public Design withObjective(Objective other) {
    return new Design(likelihood, layers, activation, hiddenShare, binarise, other);
  }
}
