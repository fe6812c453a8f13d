package io.nelbo.model.artifact;

import static io.nelbo.model.Preconditions.requireArgument;

import java.util.List;

/**
 * The likelihood that training maximised and scoring computes.
 *
 * @param kind one of {@link #KINDS}
 * @param deviationFloor least standard deviation per scaled feature, positive; under a Bernoulli
 *     only of what an explanation expects
 * @param inputClip largest magnitude of a scaled value that the encoder sees; the likelihood sees
 *     all of it
 */
public record LikelihoodSpec(String kind, double deviationFloor, float inputClip) {
  /** Real values, a learned standard deviation per feature. */
  public static final String GAUSSIAN = "gaussian";

  /** The same with tails that fall like a line. */
  public static final String LAPLACE = "laplace";

  /** The same with tails that fall like a logarithm. */
  public static final String STUDENT = "student";

  /** Values in [0, 1] that are not scaled: bits, or the grey of pixels. */
  public static final String BERNOULLI = "bernoulli";

  /** All that this program knows. */
  public static final List<String> KINDS = List.of(GAUSSIAN, LAPLACE, STUDENT, BERNOULLI);

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
