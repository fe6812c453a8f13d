package io.nelbo.jobs.image;

import static io.nelbo.jobs.image.ByteReading.unsignedByte;
import static io.nelbo.jobs.image.ByteReading.unsignedInt;
import static io.nelbo.jobs.image.ByteReading.unsignedShort;

import java.awt.image.Raster;
import java.util.Arrays;

/**
 * What the numbers of a PNG mean: greys of 1 to 16 bits, colours, or places of a palette; with or
 * without transparency.
 *
 * @param depth bits of a sample
 * @param type 0 grey, 2 colours, 3 palette, 4 grey and alpha, 6 colours and alpha
 * @param palette red, green, blue of each place
 * @param transparency of a palette the alpha of its first places; otherwise the one transparent
 *     grey or colour, two bytes a sample; empty for none
 */
@SuppressWarnings("ArrayRecordComponent") // lives within one decoding, never compared
record PngPixels(int height, int width, int depth, int type, byte[] palette, byte[] transparency) {
  private static final int GREY = 0;
  private static final int COLOURS = 2;
  private static final int PALETTE = 3;
  private static final int GREY_ALPHA = 4;
  private static final int COLOURS_ALPHA = 6;

  private static final byte[] NONE = {};
  private static final int OPAQUE = 255;
  private static final int MOST_PLACES = 256;

  static PngPixels ofHeader(byte[] bytes, int at) throws RefusedFrameException {
    long width = unsignedInt(bytes, at);
    long height = unsignedInt(bytes, at + 4);
    if (width < 1 || height < 1 || width > Integer.MAX_VALUE || height > Integer.MAX_VALUE) {
      throw RefusedFrameException.unparseable(
          "PNG claims height %d and width %d, each must be in 1..2147483647", height, width);
    }
    int depth = unsignedByte(bytes, at + 8);
    int type = unsignedByte(bytes, at + 9);
    if (!isPossible(depth, type)) {
      throw RefusedFrameException.unparseable(
          "PNG claims colour type %d of %d bits, which no PNG has", type, depth);
    }
    return new PngPixels((int) height, (int) width, depth, type, NONE, NONE);
  }

  PngPixels withPalette(byte[] bytes, int at, int length) throws RefusedFrameException {
    if (length == 0 || length % 3 != 0 || length > 3 * MOST_PLACES) {
      throw RefusedFrameException.unparseable(
          "PNG has a palette of %d bytes, must be 3 each for 1 to 256 colours", length);
    }
    byte[] found = Arrays.copyOfRange(bytes, at, at + length);
    return new PngPixels(height, width, depth, type, found, transparency);
  }

  PngPixels withTransparency(byte[] bytes, int at, int length) throws RefusedFrameException {
    boolean fits =
        switch (type) {
          case GREY -> length == 2;
          case COLOURS -> length == 6;
          case PALETTE -> length <= MOST_PLACES;
          default -> false;
        };
    if (!fits) {
      throw RefusedFrameException.unparseable(
          "PNG has %d bytes of transparency, which colour type %d has not", length, type);
    }
    byte[] found = Arrays.copyOfRange(bytes, at, at + length);
    return new PngPixels(height, width, depth, type, palette, found);
  }

  int channels() {
    return type == GREY || type == GREY_ALPHA ? 1 : 3;
  }

  /** Of one pixel. */
  int bits() {
    return type == PALETTE ? depth : depth * (hasAlpha() ? channels() + 1 : channels());
  }

  /** The decoded samples as eight-bit values, 16 bits rounded. */
  Picture picture(Raster samples) throws RefusedFrameException {
    int bands = samples.getNumBands();
    if (bands != bits() / depth || samples.getHeight() != height || samples.getWidth() != width) {
      throw RefusedFrameException.unparseable("PNG cannot be decoded: it contradicts its header");
    }
    byte[] values = new byte[height * width * channels()];
    int[] row = new int[width * bands];
    for (int y = 0; y < height; y++) {
      samples.getPixels(0, y, width, 1, row);
      for (int x = 0; x < width; x++) {
        write(row, x * bands, values, (y * width + x) * channels());
      }
    }
    return new Picture(height, width, channels(), values);
  }

  private void write(int[] row, int from, byte[] values, int to) throws RefusedFrameException {
    if (type == PALETTE) {
      writePlace(row[from], values, to);
      return;
    }
    if (hasAlpha() ? row[from + channels()] != most() : isTransparent(row, from)) {
      throw transparent();
    }
    for (int c = 0; c < channels(); c++) {
      values[to + c] = (byte) eightBits(row[from + c]);
    }
  }

  private void writePlace(int place, byte[] values, int to) throws RefusedFrameException {
    if (3 * place >= palette.length) {
      throw RefusedFrameException.unparseable(
          "PNG has a pixel of colour %d, its palette has %d", place, palette.length / 3);
    }
    if (place < transparency.length && unsignedByte(transparency, place) != OPAQUE) {
      throw transparent();
    }
    System.arraycopy(palette, 3 * place, values, to, 3);
  }

  private boolean isTransparent(int[] row, int from) {
    if (transparency.length == 0) {
      return false;
    }
    for (int c = 0; c < channels(); c++) {
      if (row[from + c] != (unsignedShort(transparency, 2 * c) & most())) {
        return false;
      }
    }
    return true;
  }

  private int eightBits(int sample) {
    return switch (depth) {
      case 8 -> sample;
      case 16 -> (sample * 255 + 32_895) >>> 16; // sample / 257, rounded
      default -> sample * 255 / most();
    };
  }

  private int most() {
    return (1 << depth) - 1;
  }

  private boolean hasAlpha() {
    return type == GREY_ALPHA || type == COLOURS_ALPHA;
  }

  private static RefusedFrameException transparent() {
    return RefusedFrameException.wrongFrame(
        "PNG has transparent pixels, what is behind them is not known: a frame must be opaque");
  }

  private static boolean isPossible(int depth, int type) {
    return switch (type) {
      case GREY -> depth == 1 || depth == 2 || depth == 4 || depth == 8 || depth == 16;
      case PALETTE -> depth == 1 || depth == 2 || depth == 4 || depth == 8;
      case COLOURS, GREY_ALPHA, COLOURS_ALPHA -> depth == 8 || depth == 16;
      default -> false;
    };
  }
}
