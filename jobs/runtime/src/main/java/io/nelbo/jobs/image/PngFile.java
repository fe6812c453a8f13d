package io.nelbo.jobs.image;

import static io.nelbo.jobs.image.ByteReading.unsignedByte;
import static io.nelbo.jobs.image.ByteReading.unsignedInt;
import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.util.zip.CRC32;

/**
 * The chunks of a PNG that make its pixels. Only these go to the decoder, their checksums proven:
 * text, colour profiles and thumbnails can be bombs of their own and change no value here.
 */
@SuppressWarnings("ArrayRecordComponent") // lives within one decoding, never compared
record PngFile(byte[] bytes, PngPixels pixels, Orientation orientation, int plainLength)
    implements CodedImage {
  private static final int SIGNATURE = 8;

  /** Length, type and checksum. */
  private static final int FRAMING = 12;

  private static final int HEADER = 13;

  /** No deflated byte becomes more. */
  private static final long MOST_INFLATED = 1032;

  /** Walks over the chunks; nothing is decoded and no checksum looked at. */
  static PngFile open(byte[] bytes) throws RefusedFrameException {
    if (lengthAt(bytes, SIGNATURE) != HEADER || !"IHDR".equals(typeAt(bytes, SIGNATURE))) {
      throw RefusedFrameException.unparseable("PNG does not begin with its header");
    }
    PngPixels pixels = PngPixels.ofHeader(bytes, SIGNATURE + 8);
    Orientation orientation = Orientation.UPRIGHT;
    int plainLength = SIGNATURE + FRAMING + HEADER;
    int at = plainLength;
    while (true) {
      int length = lengthAt(bytes, at);
      String type = typeAt(bytes, at);
      int data = at + 8;
      switch (type) {
        case "IHDR" -> throw RefusedFrameException.unparseable("PNG has two headers");
        case "PLTE" -> pixels = pixels.withPalette(bytes, data, length);
        case "tRNS" -> pixels = pixels.withTransparency(bytes, data, length);
        case "acTL" ->
            throw RefusedFrameException.wrongFrame("PNG is animated, a frame is one image");
        case "eXIf" -> orientation = Orientation.ofTiff(bytes, data, data + length);
        default -> requireKnown(type);
      }
      plainLength += isPlain(type) ? FRAMING + length : 0;
      if ("IEND".equals(type)) {
        return new PngFile(bytes, pixels, orientation, plainLength);
      }
      at = data + length + 4;
    }
  }

  @Override
  public int height() {
    return pixels.height();
  }

  @Override
  public int width() {
    return pixels.width();
  }

  @Override
  public int channels() {
    return pixels.channels();
  }

  @Override
  public long mostPixels() {
    return plainLength * MOST_INFLATED * Byte.SIZE / pixels.bits();
  }

  @Override
  public Picture picture(PixelReader reader) throws RefusedFrameException {
    return pixels.picture(reader.png(plain()));
  }

  /** The chunks that make pixels, with right checksums. */
  private byte[] plain() throws RefusedFrameException {
    ByteArrayOutputStream plain = new ByteArrayOutputStream(plainLength);
    plain.write(bytes, 0, SIGNATURE);
    int at = SIGNATURE;
    while (true) {
      int length = lengthAt(bytes, at);
      String type = typeAt(bytes, at);
      if (isPlain(type)) {
        requireChecksum(type, at, length);
        plain.write(bytes, at, FRAMING + length);
      }
      if ("IEND".equals(type)) {
        return plain.toByteArray();
      }
      at += FRAMING + length;
    }
  }

  private void requireChecksum(String type, int at, int length) throws RefusedFrameException {
    CRC32 crc = new CRC32();
    crc.update(bytes, at + 4, 4 + length);
    if (crc.getValue() != unsignedInt(bytes, at + 8 + length)) {
      throw RefusedFrameException.unparseable(
          "PNG is damaged: the checksum of chunk %s at byte %d does not match", type, at);
    }
  }

  private static boolean isPlain(String type) {
    return switch (type) {
      case "IHDR", "PLTE", "IDAT", "IEND" -> true;
      default -> false;
    };
  }

  /** A chunk whose name begins in upper case may not be passed over. */
  private static void requireKnown(String type) throws RefusedFrameException {
    if (!isPlain(type) && type.charAt(0) >= 'A' && type.charAt(0) <= 'Z') {
      throw RefusedFrameException.unparseable(
          "PNG has a chunk %s that no PNG of one image has", type);
    }
  }

  private static int lengthAt(byte[] bytes, int at) throws RefusedFrameException {
    if (bytes.length - at < FRAMING) {
      throw RefusedFrameException.unparseable(
          "PNG ends at byte %d, before its end chunk", bytes.length);
    }
    long length = unsignedInt(bytes, at);
    if (length > bytes.length - at - FRAMING) {
      throw RefusedFrameException.unparseable(
          "PNG claims a chunk of %d bytes at byte %d, %d are left",
          length, at, bytes.length - at - FRAMING);
    }
    return (int) length;
  }

  private static String typeAt(byte[] bytes, int at) throws RefusedFrameException {
    for (int i = at + 4; i < at + 8; i++) {
      int letter = unsignedByte(bytes, i) | 0x20;
      if (letter < 'a' || letter > 'z' || bytes[i] < 0) {
        throw RefusedFrameException.unparseable(
            "PNG is damaged: the chunk at byte %d has no name of four letters", at);
      }
    }
    return new String(bytes, at + 4, 4, US_ASCII);
  }
}
