package io.nelbo.jobs.evaluate.baseline;

import java.util.SplittableRandom;

/** What luck reaches. Its scores depend on the order of the questions; not thread-safe. */
final class RandomScores implements Baseline {
  private final long seed;

  RandomScores(long seed) {
    this.seed = seed;
  }

  @Override
  public String name() {
    return "random";
  }

  @Override
  public Fitted fit(float[][] rows) {
    SplittableRandom random = new SplittableRandom(seed);
    return (row, fittedAs) -> random.nextDouble();
  }
}
