package io.nelbo.model.score;

/**
 * Two estimates of {@code -log p(x)} of one window from the same fresh draws, in nats; both are too
 * large on average, the second by less.
 *
 * @param negativeElbo mean over the draws
 * @param importanceWeighted of as many samples as draws (Burda et al. 2016)
 */
public record Bounds(double negativeElbo, double importanceWeighted) {
  /** The same of raw features. */
  public Bounds plus(double logDeterminant) {
    return new Bounds(negativeElbo + logDeterminant, importanceWeighted + logDeterminant);
  }
}
