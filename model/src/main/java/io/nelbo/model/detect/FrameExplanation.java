package io.nelbo.model.detect;

import io.nelbo.model.score.HeatMap;
import java.util.List;

/**
 * What is wrong with a frame, and where.
 *
 * @param map in units of its border
 * @param regions the strangest first, at most three; at least the one around the strangest place
 * @param areaBeyondBorder share of the map beyond the border, in [0, 1]
 */
public record FrameExplanation(HeatMap map, List<Region> regions, double areaBeyondBorder) {
  public FrameExplanation {
    regions = List.copyOf(regions);
  }

  /**
   * A box around a strange place, in the frame's own pixels.
   *
   * @param x of the leftmost pixel
   * @param y of the uppermost pixel
   * @param width in pixels
   * @param height in pixels
   * @param peakX of the strangest pixel
   * @param peakY of the strangest pixel
   * @param peak of the map there, in units of the border
   */
  public record Region(int x, int y, int width, int height, int peakX, int peakY, double peak) {}
}
