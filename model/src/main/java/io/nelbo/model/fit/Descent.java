package io.nelbo.model.fit;

import static io.nelbo.model.Preconditions.requireArgument;

/**
 * How a network is found, by the families that have one.
 *
 * @param steps gradient steps at most
 * @param batchSize windows per step
 * @param learningRate Adam's step size
 * @param klWarmUp share of the steps over which beta rises from 0 to 1, in [0, 1]
 * @param trainingSamples Monte Carlo samples per window while training
 */
public record Descent(
    int steps, int batchSize, double learningRate, double klWarmUp, int trainingSamples) {
  public Descent {
    requireArgument(steps >= 1, "steps must be positive, got %s", steps);
    requireArgument(batchSize >= 8, "batchSize must be at least 8, got %s", batchSize);
    requireArgument(learningRate > 0, "learningRate must be positive, got %s", learningRate);
    requireArgument(
        klWarmUp >= 0 && klWarmUp <= 1, "klWarmUp must lie in [0, 1], got %s", klWarmUp);
    requireArgument(
        trainingSamples >= 1, "trainingSamples must be positive, got %s", trainingSamples);
  }

  /** The same of another length. */
  public Descent withSteps(int other) {
    return new Descent(other, batchSize, learningRate, klWarmUp, trainingSamples);
  }

  /** The same in other batches. */
  public Descent withBatchSize(int other) {
    return new Descent(steps, other, learningRate, klWarmUp, trainingSamples);
  }

  /** The same with another number of Monte Carlo samples. */
  public Descent withTrainingSamples(int other) {
    return new Descent(steps, batchSize, learningRate, klWarmUp, other);
  }
}
