package io.nelbo.model.family.vae;

import io.nelbo.model.artifact.LikelihoodSpec;

/** A likelihood for each source of a deviation. */
public final class LikelihoodKinds {
  private LikelihoodKinds() {}

  public static String of(DeviationSource source) {
    return switch (source) {
      case PER_FEATURE -> LikelihoodSpec.GAUSSIAN;
      case SHARED -> LikelihoodSpec.GAUSSIAN_SHARED;
      case FIXED -> LikelihoodSpec.GAUSSIAN_FIXED;
      case DECODER -> LikelihoodSpec.GAUSSIAN_DECODER;
      case BITS -> LikelihoodSpec.BERNOULLI;
    };
  }
}
