package io.nelbo.schemas.wire;

import java.util.Arrays;
import java.util.Random;

/** Spoils bytes behind their header: flips some, cuts or lengthens. */
final class Damage {
  private Damage() {}

  static byte[] some(byte[] whole, Random random) {
    int length = random.nextInt(4) == 0 ? random.nextInt(whole.length + 9) : whole.length;
    byte[] damaged = Arrays.copyOf(whole, length);
    for (int flips = random.nextInt(5); flips > 0 && length > Header.LENGTH; flips--) {
      int at = Header.LENGTH + random.nextInt(length - Header.LENGTH);
      damaged[at] = (byte) random.nextInt(256);
    }
    return damaged;
  }
}
