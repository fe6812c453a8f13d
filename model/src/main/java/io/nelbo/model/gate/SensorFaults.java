package io.nelbo.model.gate;

import java.util.List;
import java.util.SplittableRandom;

/** Faults of sensors, in units of each feature's own spread. Not thread-safe. */
final class SensorFaults implements FaultInjection {
  private static final double SPIKE = 5;
  private static final double SHIFT = 3;
  private static final double NOISE = 3;

  private final HeldOutWindows windows;
  private final FeatureUnits units;
  private final SplittableRandom random;

  SensorFaults(HeldOutWindows windows, FeatureUnits units, SplittableRandom random) {
    this.windows = windows;
    this.units = units;
    this.random = random;
  }

  @Override
  public List<FaultKind> kinds() {
    return FaultKind.OF_SENSORS;
  }

  @Override
  public boolean canBreak(int window) {
    return units.moving(windows.series(window)).length >= 2;
  }

  @Override
  public void plant(FaultKind kind, int window, int other, float[] values, int offset) {
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
        default -> throw new IllegalArgumentException(kind + " is no fault of sensors");
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
