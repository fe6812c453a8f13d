package io.nelbo.model.artifact;

import static io.nelbo.model.Preconditions.requireArgument;

/**
 * The likelihood that training maximised and scoring computes.
 *
 * @param kind {@link #GAUSSIAN} or {@link #BERNOULLI}
 * @param deviationFloor least standard deviation per scaled feature, positive; under a Bernoulli
 *     only of what an explanation expects
 * @param inputClip largest magnitude of a scaled value that the encoder sees; the likelihood sees
 *     all of it
 */
public record LikelihoodSpec(String kind, double deviationFloor, float inputClip) {
  /** Real values, a learned standard deviation per feature. */
  public static final String GAUSSIAN = "gaussian";

  /** Values in [0, 1] that are not scaled: bits, or the grey of pixels. */
  public static final String BERNOULLI = "bernoulli";

  public LikelihoodSpec {
    requireArgument(!kind.isBlank(), "likelihood.kind must not be blank");
    requireArgument(
        deviationFloor > 0 && Double.isFinite(deviationFloor),
        "likelihood.deviationFloor must be finite and positive, got %s",
        deviationFloor);
    requireArgument(
        inputClip > 0 && Float.isFinite(inputClip),
        "likelihood.inputClip must be finite and positive, got %s",
        inputClip);
  }
}
