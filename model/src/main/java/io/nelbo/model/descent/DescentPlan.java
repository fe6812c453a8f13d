package io.nelbo.model.descent;

/**
 * How to descend.
 *
 * @param steps at most
 * @param learningRate Adam's step size at the beginning
 * @param warmUp share of the steps over which the warmth rises to 1, in [0, 1]
 * @param trim share of the worst windows of each batch that is left out of the gradient once it is
 *     warm, in [0, 1)
 */
public record DescentPlan(int steps, double learningRate, double warmUp, double trim) {
  /** Whether what is warmed up counts in full. */
  boolean isWarm(int step) {
    return step > warmUpSteps();
  }

  double warmth(int step) {
    return isWarm(step) ? 1 : (double) step / (warmUpSteps() + 1);
  }

  private int warmUpSteps() {
    return (int) Math.round(warmUp * steps);
  }
}
