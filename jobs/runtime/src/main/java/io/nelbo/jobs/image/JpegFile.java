package io.nelbo.jobs.image;

import static io.nelbo.jobs.image.ByteReading.unsignedByte;
import static io.nelbo.jobs.image.ByteReading.unsignedShort;

import java.io.ByteArrayOutputStream;

/**
 * The segments of a JPEG that make its pixels. Only these go to the decoder: profiles, thumbnails
 * and comments change no value here. What its colours are is decided as libjpeg does, and written
 * where the decoder cannot take it otherwise.
 */
@SuppressWarnings("ArrayRecordComponent") // lives within one decoding, never compared
record JpegFile(byte[] bytes, JpegHeader header) implements CodedImage {
  /** An encoder's longest script has some twenty; each costs a walk over all pixels. */
  private static final int MOST_SCANS = 64;

  /** Of 64 pixels at least one bit is coded. */
  private static final long MOST_PER_BYTE = 64L * Byte.SIZE;

  private static final int START = 0xd8;
  private static final int END = 0xd9;
  private static final int SCAN = 0xda;

  /** Reads up to the first scan. */
  static JpegFile open(byte[] bytes) throws RefusedFrameException {
    JpegHeader header = new JpegHeader();
    int at = 2;
    while (true) {
      at = markerAt(bytes, at);
      int marker = unsignedByte(bytes, at + 1);
      if (marker == SCAN) {
        header.requireFrame();
        return new JpegFile(bytes, header);
      }
      if (isAlone(marker)) {
        at += 2;
        continue;
      }
      int length = lengthAt(bytes, at);
      header.read(marker, bytes, at + 4, at + 2 + length);
      at += 2 + length;
    }
  }

  @Override
  public int height() {
    return header.height();
  }

  @Override
  public int width() {
    return header.width();
  }

  @Override
  public int channels() {
    return header.components();
  }

  @Override
  public Orientation orientation() {
    return header.orientation();
  }

  @Override
  public long mostPixels() {
    return bytes.length * MOST_PER_BYTE;
  }

  @Override
  public Picture picture(PixelReader reader) throws RefusedFrameException {
    return header.picture(reader.jpeg(plain()));
  }

  /** A JPEG of the segments that make pixels, up to its end marker. */
  private byte[] plain() throws RefusedFrameException {
    ByteArrayOutputStream plain = new ByteArrayOutputStream(bytes.length + 32);
    plain.write(bytes, 0, 2);
    header.writeColours(plain);
    int scans = 0;
    int at = 2;
    while (true) {
      at = markerAt(bytes, at);
      int marker = unsignedByte(bytes, at + 1);
      if (marker == END) {
        plain.write(bytes, at, 2);
        return plain.toByteArray();
      }
      if (isAlone(marker)) {
        at += 2;
        continue;
      }
      int end = at + 2 + lengthAt(bytes, at);
      if (marker == SCAN) {
        scans++;
        if (scans > MOST_SCANS) {
          throw RefusedFrameException.tooLarge("JPEG has more than %d scans", MOST_SCANS);
        }
        end = scanEnd(bytes, end);
      } else if (scans > 0) {
        header.requireNoSecond(marker);
      }
      if (JpegHeader.makesPixels(marker)) {
        plain.write(bytes, at, end - at);
      }
      at = end;
    }
  }

  /** Where the coded data of a scan ends: at a marker that is not part of it. */
  private static int scanEnd(byte[] bytes, int from) throws RefusedFrameException {
    for (int at = from; at < bytes.length - 1; at++) {
      if (bytes[at] == -1) {
        int next = unsignedByte(bytes, at + 1);
        boolean isRestart = next >= 0xd0 && next <= 0xd7;
        if (next != 0 && next != 0xff && !isRestart) {
          return at;
        }
      }
    }
    throw ended(bytes);
  }

  /** Where the next marker begins; any number of 0xff may stand before it. */
  private static int markerAt(byte[] bytes, int from) throws RefusedFrameException {
    int at = from;
    while (at + 1 < bytes.length && bytes[at] == -1 && bytes[at + 1] == -1) {
      at++;
    }
    if (at + 1 >= bytes.length) {
      throw ended(bytes);
    }
    if (bytes[at] != -1 || bytes[at + 1] == 0) {
      throw RefusedFrameException.unparseable("JPEG is damaged: no marker at byte %d", at);
    }
    int marker = unsignedByte(bytes, at + 1);
    if (marker == START) {
      throw RefusedFrameException.unparseable("JPEG begins a second time at byte %d", at);
    }
    return at;
  }

  private static int lengthAt(byte[] bytes, int at) throws RefusedFrameException {
    if (unsignedByte(bytes, at + 1) == END) {
      throw RefusedFrameException.unparseable("JPEG has no image before its end marker");
    }
    if (bytes.length - at < 4) {
      throw ended(bytes);
    }
    int length = unsignedShort(bytes, at + 2);
    if (length < 2 || length > bytes.length - at - 2) {
      throw RefusedFrameException.unparseable(
          "JPEG claims a segment of %d bytes at byte %d, %d are left",
          length, at, bytes.length - at - 2);
    }
    return length;
  }

  /** Markers without a length. */
  private static boolean isAlone(int marker) {
    return marker == 0x01 || (marker >= 0xd0 && marker <= 0xd7);
  }

  private static RefusedFrameException ended(byte[] bytes) {
    return RefusedFrameException.unparseable(
        "JPEG ends at byte %d, before its end marker", bytes.length);
  }
}
