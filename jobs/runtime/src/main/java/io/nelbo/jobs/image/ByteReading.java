package io.nelbo.jobs.image;

/** Numbers of an image file's headers. The caller sees to it that the bytes are there. */
final class ByteReading {
  private ByteReading() {}

  static int unsignedByte(byte[] bytes, int at) {
    return bytes[at] & 0xff;
  }

  /** Big endian. */
  static int unsignedShort(byte[] bytes, int at) {
    return (unsignedByte(bytes, at) << 8) | unsignedByte(bytes, at + 1);
  }

  /** Big endian. */
  static long unsignedInt(byte[] bytes, int at) {
    return ((long) unsignedShort(bytes, at) << 16) | unsignedShort(bytes, at + 2);
  }

  static boolean beginsAt(byte[] bytes, int at, byte[] with) {
    if (at < 0 || bytes.length - at < with.length) {
      return false;
    }
    for (int i = 0; i < with.length; i++) {
      if (bytes[at + i] != with[i]) {
        return false;
      }
    }
    return true;
  }
}
