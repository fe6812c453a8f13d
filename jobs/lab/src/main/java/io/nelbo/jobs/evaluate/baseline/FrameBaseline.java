package io.nelbo.jobs.evaluate.baseline;

import java.util.ArrayList;
import java.util.List;

/**
 * A detector of strange frames without a network: what it leaves of a frame is squared, as it is
 * and after a blur.
 */
public interface FrameBaseline {
  /** Lower-case, as reports name it. */
  String name();

  /**
   * Fits to normal frames, which are kept and must not change.
   *
   * @param frames at least two, of one size, plane after plane
   */
  Fitted fit(float[][] frames, PlaneBlur blur);

  /** Scores frames. */
  interface Fitted {
    /** How strange a frame is. */
    Energies of(float[] frame);
  }

  /**
   * Mean squares of what is left of a frame; higher is stranger.
   *
   * @param plain of the pixels
   * @param blurred of the blurred pixels
   */
  record Energies(double plain, double blurred) {
    static Energies of(float[] residual, PlaneBlur blur) {
      return new Energies(meanSquare(residual), meanSquare(blur.of(residual)));
    }

    private static double meanSquare(float[] values) {
      double sum = 0;
      for (float value : values) {
        sum += (double) value * value;
      }
      return sum / values.length;
    }
  }

  /** One of each. */
  static List<FrameBaseline> all() {
    List<FrameBaseline> all = new ArrayList<>();
    all.add(new PixelNorm());
    FrameAxes axes = new FrameAxes();
    for (int components : new int[] {8, 32, 128}) {
      all.add(new PrincipalFrames(components, axes));
    }
    all.add(new NearestFrame());
    return all;
  }
}
