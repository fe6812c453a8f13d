package io.nelbo.model.artifact;

import static io.nelbo.model.Preconditions.requireArgument;

/**
 * The likelihood that training maximised and scoring computes.
 *
 * @param kind {@code gaussian}
 * @param varianceFloor least standard deviation per scaled feature, positive
 * @param inputClip largest magnitude of a scaled value that the encoder sees; the likelihood sees
 *     all of it
 */
public record LikelihoodSpec(String kind, double varianceFloor, float inputClip) {
  public LikelihoodSpec {
    requireArgument(!kind.isBlank(), "likelihood.kind must not be blank");
    requireArgument(
        varianceFloor > 0 && Double.isFinite(varianceFloor),
        "likelihood.varianceFloor must be finite and positive, got %s",
        varianceFloor);
    requireArgument(
        inputClip > 0 && Float.isFinite(inputClip),
        "likelihood.inputClip must be finite and positive, got %s",
        inputClip);
  }
}
