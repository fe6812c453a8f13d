package io.nelbo.schemas.wire;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Gives equal bytes the same {@code String} without making it again. Bounded: each text has one
 * possible slot, a newcomer takes it over, and long texts are not kept. Not thread-safe.
 */
final class TextCache {
  private static final int SLOTS = 4096;
  private static final int LONGEST_KEPT = 128;
  private static final byte[] NOTHING = {};

  private final byte[][] keys = new byte[SLOTS][];
  private final @Nullable String[] texts = new @Nullable String[SLOTS];

  TextCache() {
    Arrays.fill(keys, NOTHING);
  }

  /** The text of these bytes of UTF-8. */
  String get(byte[] bytes, int offset, int length) throws WireFormatException {
    if (length > LONGEST_KEPT) {
      return Text.decode(bytes, offset, length);
    }
    int slot = slot(bytes, offset, length);
    String kept = texts[slot];
    byte[] key = keys[slot];
    if (kept != null && Arrays.equals(key, 0, key.length, bytes, offset, offset + length)) {
      return kept;
    }
    String text = Text.decode(bytes, offset, length);
    keys[slot] = Arrays.copyOfRange(bytes, offset, offset + length);
    texts[slot] = text;
    return text;
  }

  private static int slot(byte[] bytes, int offset, int length) {
    int hash = 1;
    for (int i = offset; i < offset + length; i++) {
      hash = 31 * hash + bytes[i];
    }
    hash ^= hash >>> 16;
    return (hash ^ (hash >>> 8)) & (SLOTS - 1);
  }
}
