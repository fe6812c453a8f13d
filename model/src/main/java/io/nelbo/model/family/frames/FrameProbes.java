package io.nelbo.model.family.frames;

import static io.nelbo.model.Preconditions.requireArgument;

import io.nelbo.model.record.Frames;
import io.nelbo.model.score.ScoredRows;

/** A black, a white and a striped frame: no usable model fails on them. */
final class FrameProbes {
  private static final int COUNT = 3;
  private static final float WHITE = 255;

  private FrameProbes() {}

  /**
   * @throws IllegalArgumentException when a result is not a finite number
   */
  static void score(FrameScorer scorer, Frames frames) {
    int values = frames.columnCount();
    float[] probes = new float[COUNT * values];
    for (int i = 0; i < values; i++) {
      probes[values + i] = WHITE;
      probes[2 * values + i] = i / frames.channels() % 2 == 0 ? 0 : WHITE;
    }
    ScoredRows scored = scored(scorer, probes);
    scorer.heatMaps(probes, COUNT); // refuses what is no number
    for (int row = 0; row < COUNT; row++) {
      requireFinite(scored.statistic(row));
      for (int channel = 0; channel < scorer.channels().size(); channel++) {
        requireFinite(scored.channel(row, channel));
      }
    }
  }

  private static ScoredRows scored(FrameScorer scorer, float[] probes) {
    try {
      return scorer.score(probes, COUNT);
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException("the network fails on a probe: " + e.getMessage(), e);
    }
  }

  private static void requireFinite(double figure) {
    requireArgument(
        Double.isFinite(figure),
        "the network scores a probe frame with %s, expected a finite number",
        figure);
  }
}
