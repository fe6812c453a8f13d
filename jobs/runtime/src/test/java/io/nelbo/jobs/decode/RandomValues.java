package io.nelbo.jobs.decode;

import java.util.Random;

/** Values as they may arrive. */
final class RandomValues {
  private RandomValues() {}

  /** Any finite bits, and NaN. */
  static float[] features(Random random, int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      float any = Float.intBitsToFloat(random.nextInt());
      values[i] = Float.isInfinite(any) || random.nextInt(8) == 0 ? Float.NaN : any;
    }
    return values;
  }

  /** A time that nobody refuses. */
  static long timeBefore(Random random, long latest) {
    return random.nextLong(-2_208_988_800_000L, latest);
  }
}
