package io.nelbo.model.artifact;

import static io.nelbo.model.Preconditions.requireArgument;

/**
 * What the weights are the weights of.
 *
 * @param kind {@code dense}
 * @param hidden width of the hidden layers
 * @param latent latent dimensions
 */
public record NetworkSpec(String kind, int hidden, int latent) {
  public NetworkSpec {
    requireArgument(!kind.isBlank(), "network.kind must not be blank");
    requireArgument(hidden >= 1, "network.hidden must be positive, got %s", hidden);
    requireArgument(latent >= 1, "network.latent must be positive, got %s", latent);
  }
}
