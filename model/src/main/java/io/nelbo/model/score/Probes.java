package io.nelbo.model.score;

import static io.nelbo.model.Preconditions.requireArgument;

/** An average, three extreme and an empty window: no usable model fails on them. */
public final class Probes {
  private static final int COUNT = 5;

  /** Scaled, far beyond the clip of a network's input. */
  private static final float EXTREME = 1e6f;

  private Probes() {}

  /**
   * Scores them.
   *
   * @param rowLength values per window
   * @throws IllegalArgumentException when a result is not a finite number
   */
  public static void score(WindowModel model, int rowLength) {
    float[] probes = new float[COUNT * rowLength];
    for (int i = 0; i < rowLength; i++) {
      probes[rowLength + i] = EXTREME;
      probes[2 * rowLength + i] = -EXTREME;
      probes[3 * rowLength + i] = i % 2 == 0 ? EXTREME : -EXTREME;
      probes[4 * rowLength + i] = Float.NaN;
    }
    ScoredRows result = scored(model, probes);
    for (int row = 0; row < COUNT; row++) {
      requireArgument(
          Double.isFinite(result.statistic(row)),
          "the network scores a probe window with %s, expected a finite number",
          result.statistic(row));
    }
  }

  private static ScoredRows scored(WindowModel model, float[] probes) {
    try {
      return model.score(probes, COUNT);
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException("the network fails on a probe: " + e.getMessage(), e);
    }
  }
}
