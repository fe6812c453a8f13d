package io.nelbo.model.gate;

import java.util.SplittableRandom;

/** Plants one fault into a copy of a held-out window. Not thread-safe. */
final class FaultInjection {
  private static final double SPIKE = 5;
  private static final double SHIFT = 3;
  private static final double NOISE = 3;

  private final HeldOutWindows windows;
  private final FeatureUnits units;
  private final SplittableRandom random;

  FaultInjection(HeldOutWindows windows, FeatureUnits units, SplittableRandom random) {
    this.windows = windows;
    this.units = units;
    this.random = random;
  }

  /** Whether the window's series has features to plant a fault into. */
  boolean canBreak(int window) {
    return units.moving(windows.series(window)).length >= 2;
  }

  /**
   * Changes values of the window that was copied to {@code offset}.
   *
   * @param other a window of some time before, where a stuck feature has its value from
   */
  void plant(FaultKind kind, int window, int other, float[] values, int offset) {
    String series = windows.series(window);
    int[] moving = units.moving(series);
    int first = random.nextInt(moving.length);
    int second = (first + 1 + random.nextInt(moving.length - 1)) % moving.length;
    int feature = moving[first];
    int length = windows.windowLength();
    int from = kind == FaultKind.SPIKE ? length - 1 : length - (length + 1) / 2;
    double sign = random.nextBoolean() ? 1 : -1;
    double unit = units.unit(series, feature);
    for (int row = from; row < length; row++) {
      int start = offset + row * windows.columns();
      switch (kind) {
        case SPIKE -> values[start + feature] += (float) (sign * SPIKE * unit);
        case LEVEL_SHIFT -> values[start + feature] += (float) (sign * SHIFT * unit);
        case STUCK -> values[start + feature] = windows.newest(other, feature);
        case SWAPPED -> swap(series, feature, moving[second], values, start);
        case NOISY -> values[start + feature] += (float) (NOISE * unit * random.nextGaussian());
      }
    }
  }

  private void swap(String series, int one, int other, float[] values, int start) {
    double first = inUnits(series, one, values[start + one]);
    double second = inUnits(series, other, values[start + other]);
    values[start + one] = inFeature(series, one, second);
    values[start + other] = inFeature(series, other, first);
  }

  private double inUnits(String series, int feature, float value) {
    return (value - units.centre(series, feature)) / units.unit(series, feature);
  }

  private float inFeature(String series, int feature, double value) {
    return (float) (units.centre(series, feature) + value * units.unit(series, feature));
  }
}
