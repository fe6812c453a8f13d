package io.nelbo.model.artifact;

import static io.nelbo.model.Preconditions.requireArgument;

import java.util.List;

/**
 * What the weights are the weights of.
 *
 * @param kind {@code dense}
 * @param hidden widths of the encoder's hidden layers, the first next to the input; the decoder has
 *     the same in reverse
 * @param latent latent dimensions
 * @param activation after each hidden layer, {@code relu} or {@code tanh}
 */
public record NetworkSpec(String kind, List<Integer> hidden, int latent, String activation) {
  /** What follows a hidden layer of networks that do not say. */
  public static final String RELU = "relu";

  public NetworkSpec {
    requireArgument(!kind.isBlank(), "network.kind must not be blank");
    hidden = List.copyOf(hidden);
    requireArgument(!hidden.isEmpty(), "network.hidden must name at least one layer");
    for (int width : hidden) {
      requireArgument(width >= 1, "network.hidden must be positive, got %s", width);
    }
    requireArgument(latent >= 1, "network.latent must be positive, got %s", latent);
    requireArgument(!activation.isBlank(), "network.activation must not be blank");
  }

  /** Two hidden layers of this width on either side, with relu. */
  public NetworkSpec(String kind, int hidden, int latent) {
    this(kind, List.of(hidden, hidden), latent, RELU);
  }

  /** Whether one number says it all: two layers of one width, with relu. */
  boolean isPlain() {
    return hidden.size() == 2 && hidden.get(0).equals(hidden.get(1)) && activation.equals(RELU);
  }
}
