package io.nelbo.jobs.image;

import java.util.Arrays;

/**
 * Eight-bit values, row after row from the top, the channels of a point side by side; three are
 * red, green and blue.
 */
@SuppressWarnings("ArrayRecordComponent") // lives within one decoding, never compared
record Picture(int height, int width, int channels, byte[] values) {
  /** The middle of it; where the edges cannot be even, one more is cut at the bottom or right. */
  Picture cropped(int newHeight, int newWidth) {
    byte[] middle = new byte[newHeight * newWidth * channels];
    int top = (height - newHeight) / 2;
    int left = (width - newWidth) / 2;
    for (int y = 0; y < newHeight; y++) {
      System.arraycopy(
          values,
          ((top + y) * width + left) * channels,
          middle,
          y * newWidth * channels,
          newWidth * channels);
    }
    return new Picture(newHeight, newWidth, channels, middle);
  }

  /** Resized: each new pixel is the mean of the area that it covers, in whole numbers. */
  Picture stretched(int newHeight, int newWidth) {
    byte[] means = new byte[newHeight * newWidth * channels];
    long[] sums = new long[newWidth * channels];
    long[] row = new long[newWidth * channels];
    int source = -1;
    long area = (long) height * width; // of a new pixel, in parts of 1 / (newHeight * newWidth)
    for (int y = 0; y < newHeight; y++) {
      Arrays.fill(sums, 0);
      long top = (long) y * height;
      long bottom = top + height;
      for (long at = top; at < bottom; ) {
        int from = (int) (at / newHeight);
        long until = Math.min(bottom, (from + 1L) * newHeight);
        if (from != source) {
          sumRow(from, newWidth, row);
          source = from;
        }
        for (int i = 0; i < row.length; i++) {
          sums[i] += row[i] * (until - at);
        }
        at = until;
      }
      for (int i = 0; i < sums.length; i++) {
        means[y * sums.length + i] = (byte) ((sums[i] + area / 2) / area);
      }
    }
    return new Picture(newHeight, newWidth, channels, means);
  }

  /** Each new pixel of a row as the weighted sum of what it covers; the weights add up to width. */
  private void sumRow(int y, int newWidth, long[] into) {
    for (int x = 0; x < newWidth; x++) {
      for (int c = 0; c < channels; c++) {
        long sum = 0;
        long right = (x + 1L) * width;
        for (long at = (long) x * width; at < right; ) {
          int from = (int) (at / newWidth);
          long until = Math.min(right, (from + 1L) * newWidth);
          sum += value(y, from, c) * (until - at);
          at = until;
        }
        into[x * channels + c] = sum;
      }
    }
  }

  /** Whether its three channels are equal everywhere. */
  boolean isGrey() {
    for (int i = 0; i < values.length; i += 3) {
      if (values[i] != values[i + 1] || values[i] != values[i + 2]) {
        return false;
      }
    }
    return true;
  }

  /** The luma of ITU-R BT.601, to the nearest value; of grey it is the grey itself. */
  Picture asGrey() {
    byte[] grey = new byte[height * width];
    for (int i = 0; i < grey.length; i++) {
      int luma =
          299 * ByteReading.unsignedByte(values, 3 * i)
              + 587 * ByteReading.unsignedByte(values, 3 * i + 1)
              + 114 * ByteReading.unsignedByte(values, 3 * i + 2);
      grey[i] = (byte) ((luma + 500) / 1000);
    }
    return new Picture(height, width, 1, grey);
  }

  /** Grey as three equal channels. */
  Picture asColour() {
    byte[] colour = new byte[3 * values.length];
    for (int i = 0; i < colour.length; i++) {
      colour[i] = values[i / 3];
    }
    return new Picture(height, width, 3, colour);
  }

  private int value(int y, int x, int channel) {
    return ByteReading.unsignedByte(values, (y * width + x) * channels + channel);
  }
}
