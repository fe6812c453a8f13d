package io.nelbo.model.family.frames;

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
    line = new float[Math.max(height, width) + 2 * radius];
  }

  /** Blurs one plane into another one, or into itself. */
  void apply(float[] plane, int from, float[] target, int to) {
    int radius = kernel.length / 2;
    for (int y = 0; y < height; y++) {
      for (int x = -radius; x < width + radius; x++) {
        line[x + radius] = plane[from + y * width + mirrored(x, width)];
      }
      convolve(width, between, y * width, 1);
    }
    for (int x = 0; x < width; x++) {
      for (int y = -radius; y < height + radius; y++) {
        line[y + radius] = between[mirrored(y, height) * width + x];
      }
      convolve(height, target, to + x, width);
    }
  }

  private void convolve(int count, float[] target, int to, int step) {
    for (int i = 0; i < count; i++) {
      float sum = 0;
      for (int k = 0; k < kernel.length; k++) {
        sum += kernel[k] * line[i + k];
      }
      target[to + i * step] = sum;
    }
  }

  /** The edge pixel comes twice: {@code b a | a b c}. */
  static int mirrored(int place, int size) {
    int period = 2 * size;
    int at = Math.floorMod(place, period);
    return at < size ? at : period - 1 - at;
  }
}
