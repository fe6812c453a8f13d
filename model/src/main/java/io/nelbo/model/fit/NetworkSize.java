package io.nelbo.model.fit;

import static io.nelbo.model.Preconditions.requireArgument;

/**
 * How large a model is; a family passes over what means nothing to it.
 *
 * @param hidden width of each hidden layer
 * @param latent latent dimensions; 0 leaves the choice to the family
 * @param scoringSamples latent draws per window in the noise bank, even
 */
public record NetworkSize(int hidden, int latent, int scoringSamples) {
  public NetworkSize {
    requireArgument(hidden >= 1, "hidden must be positive, got %s", hidden);
    requireArgument(latent >= 0, "latent must be 0 (chosen by features) or more, got %s", latent);
    requireArgument(
        scoringSamples >= 2 && scoringSamples % 2 == 0,
        "scoringSamples must be even (antithetic pairs), got %s",
        scoringSamples);
  }
}
