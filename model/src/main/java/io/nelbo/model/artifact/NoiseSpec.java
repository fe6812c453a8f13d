package io.nelbo.model.artifact;

import static io.nelbo.model.Preconditions.requireArgument;

/**
 * The noise that every window is scored with; its values are a tensor of the weights file.
 *
 * @param samples latent draws per window
 * @param sequence how they were drawn, for example {@code antithetic}
 */
public record NoiseSpec(int samples, String sequence) {
  public NoiseSpec {
    requireArgument(
        samples >= 1 && samples <= 64, "noise.samples must lie in 1..64, got %s", samples);
    requireArgument(!sequence.isBlank(), "noise.sequence must not be blank");
  }
}
