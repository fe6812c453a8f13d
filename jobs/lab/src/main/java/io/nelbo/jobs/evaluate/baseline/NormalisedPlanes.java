package io.nelbo.jobs.evaluate.baseline;

/**
 * Frames as baselines see them: at most {@value #MOST_SIDE} pixels a side by means over blocks, one
 * plane per channel, with the gain and offset of each frame taken out as the detector does, {@code
 * (x - mean) / max(deviation, 4)}. Thread-safe.
 *
 * @param height of the frames as they come
 * @param width of the frames as they come
 * @param channels side by side
 */
public record NormalisedPlanes(int height, int width, int channels) {
  static final int MOST_SIDE = 64;

  /** Less contrast than this, of 255, is noise. */
  private static final double LEAST_DEVIATION = 4;

  /** Rows of a plane. */
  public int rows() {
    return Math.min(MOST_SIDE, height);
  }

  /** Columns of a plane. */
  public int columns() {
    return Math.min(MOST_SIDE, width);
  }

  /**
   * @param frame values of 0 to 255, the channels of a point side by side
   */
  public float[] of(byte[] frame) {
    float[] planes = new float[channels * rows() * columns()];
    int at = 0;
    double sum = 0;
    for (int channel = 0; channel < channels; channel++) {
      for (int row = 0; row < rows(); row++) {
        for (int column = 0; column < columns(); column++) {
          planes[at] = mean(frame, channel, row, column);
          sum += planes[at++];
        }
      }
    }
    double mean = sum / planes.length;
    double squares = 0;
    for (float value : planes) {
      squares += (value - mean) * (value - mean);
    }
    double deviation = Math.max(LEAST_DEVIATION, Math.sqrt(squares / planes.length));
    for (int i = 0; i < planes.length; i++) {
      planes[i] = (float) ((planes[i] - mean) / deviation);
    }
    return planes;
  }

  /** Of the pixels that begin in the block. */
  private float mean(byte[] frame, int channel, int row, int column) {
    int top = row * height / rows();
    int bottom = (row + 1) * height / rows();
    int left = column * width / columns();
    int right = (column + 1) * width / columns();
    long sum = 0;
    for (int y = top; y < bottom; y++) {
      for (int x = left; x < right; x++) {
        sum += frame[(y * width + x) * channels + channel] & 0xff;
      }
    }
    return (float) sum / ((bottom - top) * (right - left));
  }
}
