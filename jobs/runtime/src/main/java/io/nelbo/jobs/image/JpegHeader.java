package io.nelbo.jobs.image;

import static io.nelbo.jobs.image.ByteReading.beginsAt;
import static io.nelbo.jobs.image.ByteReading.unsignedByte;
import static io.nelbo.jobs.image.ByteReading.unsignedShort;
import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.awt.image.Raster;
import java.io.ByteArrayOutputStream;

/** What a JPEG says before its first scan. Collects while the segments are walked over. */
final class JpegHeader {
  private static final byte[] JFIF = "JFIF\0".getBytes(ISO_8859_1);
  private static final byte[] EXIF = "Exif\0\0".getBytes(ISO_8859_1);
  private static final byte[] ADOBE = "Adobe".getBytes(ISO_8859_1);

  /** Says luma and chroma: version 1.1, square pixels, no thumbnail. */
  private static final byte[] AS_LUMA =
      "\u00ff\u00e0\0\u0010JFIF\0\1\1\0\0\1\0\1\0\0".getBytes(ISO_8859_1);

  /** Says red, green and blue: no transform. */
  private static final byte[] AS_RED_GREEN_BLUE =
      "\u00ff\u00ee\0\u000eAdobe\0\144\0\0\0\0\0".getBytes(ISO_8859_1);

  private static final int NO_FRAME = 0;
  private static final int UNSAID = -1;

  private int height;
  private int width;
  private int components = NO_FRAME;
  private String componentIds = "";
  private boolean isJfif;
  private int adobeTransform = UNSAID;
  private boolean hasExif;
  private Orientation orientation = Orientation.UPRIGHT;

  /** Takes in the segment whose content lies in {@code bytes[from, to)}. */
  void read(int marker, byte[] bytes, int from, int to) throws RefusedFrameException {
    if (isFrame(marker)) {
      readFrame(marker, bytes, from, to);
      return;
    }
    switch (marker) {
      case 0xe0 -> isJfif |= isIn(bytes, from, to, JFIF);
      case 0xe1 -> {
        if (!hasExif && isIn(bytes, from, to, EXIF)) {
          hasExif = true;
          orientation = Orientation.ofTiff(bytes, from + EXIF.length, to);
        }
      }
      case 0xee -> {
        if (isIn(bytes, from, to, ADOBE) && to - from >= 12) {
          adobeTransform = unsignedByte(bytes, from + 11);
        }
      }
      default -> {
        // tables go to the decoder as they are, the rest nowhere
      }
    }
  }

  void requireFrame() throws RefusedFrameException {
    if (components == NO_FRAME) {
      throw RefusedFrameException.unparseable("JPEG has a scan before its header");
    }
  }

  /** After the first scan only tables and scans may come. */
  void requireNoSecond(int marker) throws RefusedFrameException {
    if (isFrame(marker)) {
      throw RefusedFrameException.unparseable("JPEG has two headers");
    }
  }

  static boolean makesPixels(int marker) {
    return switch (marker) {
      case 0xc4, 0xda, 0xdb, 0xdd -> true; // Huffman tables, scans, quantisation, restarts
      default -> isFrame(marker);
    };
  }

  int height() {
    return height;
  }

  int width() {
    return width;
  }

  int components() {
    return components;
  }

  Orientation orientation() {
    return orientation;
  }

  /** Says what the components are, where there is more than one. */
  void writeColours(ByteArrayOutputStream to) {
    if (components == 3) {
      to.writeBytes(isRedGreenBlue() ? AS_RED_GREEN_BLUE : AS_LUMA);
    }
  }

  Picture picture(Raster samples) throws RefusedFrameException {
    if (samples.getNumBands() != components
        || samples.getHeight() != height
        || samples.getWidth() != width) {
      throw RefusedFrameException.unparseable("JPEG cannot be decoded: it contradicts its header");
    }
    byte[] values = new byte[height * width * components];
    int[] row = new int[width * components];
    int to = 0;
    for (int y = 0; y < height; y++) {
      samples.getPixels(0, y, width, 1, row);
      for (int sample : row) {
        values[to++] = (byte) sample;
      }
    }
    return new Picture(height, width, components, values);
  }

  private void readFrame(int marker, byte[] bytes, int from, int to) throws RefusedFrameException {
    if (components != NO_FRAME) {
      throw RefusedFrameException.unparseable("JPEG has two headers");
    }
    if (marker > 0xc2) {
      throw RefusedFrameException.wrongFrame(
          "JPEG is of process %d (lossless, hierarchical or arithmetic), 0 to 2 are read",
          marker - 0xc0);
    }
    int found = to - from < 6 ? 0 : unsignedByte(bytes, from + 5);
    if (to - from < 6 + 3 * found || found == 0) {
      throw RefusedFrameException.unparseable("JPEG is damaged: its header is too short");
    }
    int depth = unsignedByte(bytes, from);
    if (depth != 8) {
      throw RefusedFrameException.wrongFrame("JPEG has %d bits a sample, 8 are read", depth);
    }
    if (found != 1 && found != 3) {
      throw RefusedFrameException.wrongFrame(
          "JPEG has %d components%s, 1 (grey) or 3 (colour) are read",
          found, found == 4 ? " (CMYK or YCCK)" : "");
    }
    height = unsignedShort(bytes, from + 1);
    width = unsignedShort(bytes, from + 3);
    if (height == 0 || width == 0) {
      throw RefusedFrameException.unparseable(
          "JPEG claims height %d and width %d, each must be in 1..65535", height, width);
    }
    components = found;
    StringBuilder ids = new StringBuilder();
    for (int i = 0; i < found; i++) {
      ids.append((char) unsignedByte(bytes, from + 6 + 3 * i));
    }
    componentIds = ids.toString();
  }

  /** As libjpeg decides: JFIF before Adobe, Adobe before the components' names. */
  private boolean isRedGreenBlue() {
    if (isJfif) {
      return false;
    }
    return adobeTransform == UNSAID ? "RGB".equals(componentIds) : adobeTransform == 0;
  }

  /** All markers that begin an image, of whatever process; between them lie tables. */
  private static boolean isFrame(int marker) {
    return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
  }

  private static boolean isIn(byte[] bytes, int from, int to, byte[] name) {
    return to - from >= name.length && beginsAt(bytes, from, name);
  }
}
