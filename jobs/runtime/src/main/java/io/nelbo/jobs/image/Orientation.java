package io.nelbo.jobs.image;

/**
 * How a camera was held, by EXIF: what has to be done so that the image stands upright. Whatever
 * cannot be understood means upright, as it does to those who show images.
 */
enum Orientation {
  UPRIGHT(false, false, false),
  MIRRORED(false, false, true),
  HALF_TURN(false, true, true),
  FLIPPED(false, true, false),
  TRANSPOSED(true, false, false),
  QUARTER_TURN(true, true, false),
  TRANSVERSED(true, true, true),
  THREE_QUARTER_TURN(true, false, true);

  private static final int TAG = 0x0112;
  private static final int SHORT = 3;
  private static final int ENTRY = 12;
  private static final Orientation[] BY_CODE = values();

  private final boolean swapsSides;
  private final boolean fromBottom;
  private final boolean fromRight;

  Orientation(boolean swapsSides, boolean fromBottom, boolean fromRight) {
    this.swapsSides = swapsSides;
    this.fromBottom = fromBottom;
    this.fromRight = fromRight;
  }

  /** Of a TIFF structure in {@code bytes[from, to)}, as EXIF is. */
  static Orientation ofTiff(byte[] bytes, int from, int to) {
    if (to - from < 8) {
      return UPRIGHT;
    }
    boolean little = bytes[from] == 'I';
    long directory = from + number(bytes, from + 4, 4, little);
    if (directory < from + 8 || directory + 2 > to) {
      return UPRIGHT;
    }
    long entries = number(bytes, (int) directory, 2, little);
    long at = directory + 2;
    for (int i = 0; i < entries && at + ENTRY <= to; i++, at += ENTRY) {
      int entry = (int) at;
      if (number(bytes, entry, 2, little) == TAG) {
        long code = number(bytes, entry + 8, 2, little);
        boolean known = number(bytes, entry + 2, 2, little) == SHORT && code >= 1 && code <= 8;
        return known ? BY_CODE[(int) code - 1] : UPRIGHT;
      }
    }
    return UPRIGHT;
  }

  boolean swapsSides() {
    return swapsSides;
  }

  /** The picture, upright. */
  Picture upright(Picture stored) {
    if (this == UPRIGHT) {
      return stored;
    }
    int height = swapsSides ? stored.width() : stored.height();
    int width = swapsSides ? stored.height() : stored.width();
    int channels = stored.channels();
    byte[] values = new byte[stored.values().length];
    int to = 0;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int row = swapsSides ? x : y;
        int column = swapsSides ? y : x;
        row = fromBottom ? stored.height() - 1 - row : row;
        column = fromRight ? stored.width() - 1 - column : column;
        int from = (row * stored.width() + column) * channels;
        for (int c = 0; c < channels; c++) {
          values[to++] = stored.values()[from + c];
        }
      }
    }
    return new Picture(height, width, channels, values);
  }

  private static long number(byte[] bytes, int at, int length, boolean little) {
    long value = 0;
    for (int i = 0; i < length; i++) {
      value = (value << 8) | ByteReading.unsignedByte(bytes, little ? at + length - 1 - i : at + i);
    }
    return value;
  }
}
