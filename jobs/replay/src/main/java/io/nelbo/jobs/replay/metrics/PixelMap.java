package io.nelbo.jobs.replay.metrics;

import static io.nelbo.model.Preconditions.requireArgument;

/**
 * How strange each place of an image is, row after row from the top.
 *
 * @param height rows
 * @param width columns
 * @param values higher is stranger
 */
@SuppressWarnings("ArrayRecordComponent") // read at once, never compared
public record PixelMap(int height, int width, float[] values) {
  public PixelMap {
    requireArgument(
        height > 0 && width > 0 && values.length == height * width,
        "a map of %s x %s must hold as many values, got %s",
        height,
        width,
        values.length);
  }

  /**
   * The same map of another size: bilinear between the centres of its cells, and the outermost
   * cells beyond theirs. Every map that is coarser than its image is brought to it here.
   */
  public PixelMap scaledTo(int newHeight, int newWidth) {
    if (newHeight == height && newWidth == width) {
      return this;
    }
    float[] scaled = new float[newHeight * newWidth];
    for (int y = 0; y < newHeight; y++) {
      double row = place(y, newHeight, height);
      int upper = (int) row;
      int lower = Math.min(upper + 1, height - 1);
      for (int x = 0; x < newWidth; x++) {
        double column = place(x, newWidth, width);
        int left = (int) column;
        int right = Math.min(left + 1, width - 1);
        double above = mixed(at(upper, left), at(upper, right), column - left);
        double below = mixed(at(lower, left), at(lower, right), column - left);
        scaled[y * newWidth + x] = (float) mixed(above, below, row - upper);
      }
    }
    return new PixelMap(newHeight, newWidth, scaled);
  }

  private float at(int row, int column) {
    return values[row * width + column];
  }

  private static double place(int pixel, int pixels, int cells) {
    return Math.max(0, Math.min(cells - 1.0, (pixel + 0.5) * cells / pixels - 0.5));
  }

  private static double mixed(double first, double second, double share) {
    return first + share * (second - first);
  }
}
