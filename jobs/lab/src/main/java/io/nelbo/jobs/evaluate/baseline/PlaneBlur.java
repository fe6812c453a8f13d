package io.nelbo.jobs.evaluate.baseline;

/**
 * A Gaussian blur of the planes of a frame, with mirrored edges: grain is noise and is not to vote.
 * Thread-safe.
 */
public final class PlaneBlur {
  /** The deviation as a share of the longer side. */
  private static final double SHARE = 1.0 / 28;

  private static final double WIDTHS = 4;

  private final int height;
  private final int width;
  private final double[] kernel;

  public PlaneBlur(int height, int width) {
    this.height = height;
    this.width = width;
    double deviation = SHARE * Math.max(height, width);
    int radius = (int) Math.ceil(WIDTHS * deviation);
    kernel = new double[2 * radius + 1];
    double sum = 0;
    for (int i = 0; i < kernel.length; i++) {
      kernel[i] = Math.exp(-0.5 * (i - radius) * (i - radius) / (deviation * deviation));
      sum += kernel[i];
    }
    for (int i = 0; i < kernel.length; i++) {
      kernel[i] /= sum;
    }
  }

  /** All planes of a frame, one after the other. */
  float[] of(float[] planes) {
    float[] between = new float[planes.length];
    float[] blurred = new float[planes.length];
    for (int plane = 0; plane < planes.length; plane += height * width) {
      for (int y = 0; y < height; y++) {
        line(planes, between, plane + y * width, 1, width);
      }
      for (int x = 0; x < width; x++) {
        line(between, blurred, plane + x, width, height);
      }
    }
    return blurred;
  }

  private void line(float[] source, float[] target, int from, int step, int length) {
    int radius = kernel.length / 2;
    for (int i = 0; i < length; i++) {
      double sum = 0;
      for (int k = 0; k < kernel.length; k++) {
        sum += kernel[k] * source[from + mirrored(i + k - radius, length) * step];
      }
      target[from + i * step] = (float) sum;
    }
  }

  /** The edge pixel comes twice. */
  private static int mirrored(int place, int length) {
    if (place >= 0 && place < length) {
      return place;
    }
    int at = Math.floorMod(place, 2 * length);
    return at < length ? at : 2 * length - 1 - at;
  }
}
