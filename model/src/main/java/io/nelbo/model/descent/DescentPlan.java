package io.nelbo.model.descent;

/**
 * How to descend.
 *
 * @param steps at most
 * @param learningRate Adam's step size at the beginning
 * @param warmUp share of the steps over which the warmth rises to 1, in [0, 1]
 * @param trim share of the worst windows of each batch that is left out of the gradient once it is
 *     warm, in [0, 1)
 * @param evaluations of the held-out figure, if all steps are taken
 */
public record DescentPlan(
    int steps, double learningRate, double warmUp, double trim, int evaluations) {
  /** As often a figure is cheap beside the steps between. */
  private static final int USUAL_EVALUATIONS = 40;

  /** With as many evaluations as usual. */
  public DescentPlan(int steps, double learningRate, double warmUp, double trim) {
    this(steps, learningRate, warmUp, trim, USUAL_EVALUATIONS);
  }

  int evaluateEvery() {
    return Math.max(1, steps / evaluations);
  }

  /** Evaluations without a better figure after which descent ends. */
  int patience() {
    return evaluations / 4;
  }

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
