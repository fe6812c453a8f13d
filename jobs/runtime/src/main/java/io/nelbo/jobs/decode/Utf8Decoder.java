package io.nelbo.jobs.decode;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import org.jspecify.annotations.Nullable;

/** UTF-8, strictly: malformed bytes are an error, never a replacement character. */
final class Utf8Decoder {
  private final CharsetDecoder decoder = UTF_8.newDecoder();
  private final CharBuffer discarded = CharBuffer.allocate(1024);

  boolean isValid(byte[] bytes) {
    if (isAscii(bytes)) {
      return true;
    }
    decoder.reset();
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CoderResult result;
    do {
      discarded.clear();
      result = decoder.decode(in, discarded, true);
    } while (result.isOverflow());
    return !result.isError();
  }

  /** The text, or null if the bytes are malformed. */
  @Nullable String decode(byte[] bytes) {
    if (isAscii(bytes)) {
      return new String(bytes, ISO_8859_1);
    }
    return isValid(bytes) ? new String(bytes, UTF_8) : null;
  }

  private static boolean isAscii(byte[] bytes) {
    int anyBits = 0;
    for (byte b : bytes) {
      anyBits |= b;
    }
    return anyBits >= 0;
  }
}
