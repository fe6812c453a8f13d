package io.nelbo.model.objective;

/** Closed forms of Gaussians with diagonal covariance, in plain doubles. */
public final class DiagonalGaussian {
  /** Rounding of float32 terms; anything below is not rounding. */
  private static final double ROUNDING = -1e-3;

  private DiagonalGaussian() {}

  /**
   * {@code KL(N(mu, diag(v)) || N(0, I)) = 1/2 sum (v - log v - 1 + mu^2)} in nats (Kingma and
   * Welling 2014, appendix B): the reference for tests. Scores take the same, term by term, from
   * {@code Posterior.klTerms}.
   */
  public static double klFromStandardNormal(float[] mean, float[] logVariance) {
    double sum = 0;
    for (int i = 0; i < mean.length; i++) {
      double variance = Math.exp(logVariance[i]);
      sum += variance - logVariance[i] - 1 + (double) mean[i] * mean[i];
    }
    return clamped(0.5 * sum);
  }

  /**
   * Sets a divergence that rounding made negative to 0.
   *
   * @throws ArithmeticException when it is below {@code -1e-3}, which is no rounding, or NaN
   */
  public static double clamped(double kl) {
    if (Double.isNaN(kl)) {
      throw new ArithmeticException("KL divergence is NaN, expected a number");
    }
    if (kl < ROUNDING) {
      throw new ArithmeticException(
          "KL divergence is " + kl + ", below " + ROUNDING + ": this is not rounding");
    }
    return kl < 0 ? 0 : kl;
  }
}
