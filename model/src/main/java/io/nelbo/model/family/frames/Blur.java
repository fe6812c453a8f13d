package io.nelbo.model.family.frames;

import java.util.Arrays;

/**
 * A Gaussian blur of planes with mirrored edges, {@code B r B'}: rows and columns one after the
 * other. Pure; one thread at a time.
 */
final class Blur {
  private static final double WIDTHS = 4;

  private final int height;
  private final int width;
  private final float[] kernel;
  private final float[] between;
  private final float[] line;

  /**
   * @param deviation of the Gaussian, in pixels, positive
   */
  Blur(int height, int width, double deviation) {
    this.height = height;
    this.width = width;
    int radius = (int) Math.max(1, Math.ceil(WIDTHS * deviation));
    kernel = new float[2 * radius + 1];
    double sum = 0;
    for (int i = -radius; i <= radius; i++) {
      sum += Math.exp(-0.5 * i * i / (deviation * deviation));
    }
    for (int i = -radius; i <= radius; i++) {
      kernel[i + radius] = (float) (Math.exp(-0.5 * i * i / (deviation * deviation)) / sum);
    }
    between = new float[height * width];
    line = new float[width + 2 * radius];
  }

  /** What is left of the variance of white noise, about {@code 1 / (4 pi deviation^2)}. */
  double ofWhiteNoise() {
    double squares = 0;
    for (float weight : kernel) {
      squares += (double) weight * weight;
    }
    return squares * squares;
  }

  /** Blurs one plane into another one, or into itself. */
  void apply(float[] plane, int from, float[] target, int to) {
    int radius = kernel.length / 2;
    for (int y = 0; y < height; y++) {
      int row = from + y * width;
      for (int x = -radius; x < 0; x++) {
        line[x + radius] = plane[row + mirrored(x, width)];
      }
      System.arraycopy(plane, row, line, radius, width);
      for (int x = width; x < width + radius; x++) {
        line[x + radius] = plane[row + mirrored(x, width)];
      }
      Arrays.fill(between, y * width, (y + 1) * width, 0);
      for (int k = 0; k < kernel.length; k++) {
        addScaled(kernel[k], line, k, between, y * width);
      }
    }
    Arrays.fill(target, to, to + height * width, 0);
    for (int y = 0; y < height; y++) {
      for (int k = 0; k < kernel.length; k++) {
        int row = mirrored(y + k - radius, height) * width;
        addScaled(kernel[k], between, row, target, to + y * width);
      }
    }
  }

  private void addScaled(float factor, float[] row, int from, float[] target, int to) {
    for (int x = 0; x < width; x++) {
      target[to + x] += factor * row[from + x];
    }
  }

  /** The edge pixel comes twice: {@code b a | a b c}. */
  static int mirrored(int place, int size) {
    int period = 2 * size;
    int at = Math.floorMod(place, period);
    return at < size ? at : period - 1 - at;
  }
}
