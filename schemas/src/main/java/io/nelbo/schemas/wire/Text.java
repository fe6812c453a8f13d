package io.nelbo.schemas.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;

/** UTF-8, strictly: malformed bytes are an error, never a replacement character. */
final class Text {
  private Text() {}

  static String decode(byte[] bytes, int offset, int length) throws WireFormatException {
    if (isAscii(bytes, offset, length)) {
      return new String(bytes, offset, length, ISO_8859_1);
    }
    try {
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, offset, length)).toString();
    } catch (CharacterCodingException e) {
      throw WireFormatException.corrupt("a text of %d bytes is not UTF-8".formatted(length));
    }
  }

  private static boolean isAscii(byte[] bytes, int offset, int length) {
    int anyBits = 0;
    for (int i = offset; i < offset + length; i++) {
      anyBits |= bytes[i];
    }
    return anyBits >= 0;
  }
}
