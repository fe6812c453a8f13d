package io.nelbo.jobs.demo.plant;

import java.time.Duration;
import java.util.SplittableRandom;

/**
 * One fault before it has found its place: what it does to which sensors and for how long.
 *
 * @param sensors columns that it changes
 * @param steps readings that it lasts
 * @param peakSigmas greatest shift, signed, for those that shift
 * @param lagSteps how far back a broken correlation takes its values from
 */
@SuppressWarnings("ArrayRecordComponent") // lives for one planning attempt, never compared
record FaultShape(FaultKind kind, int[] sensors, int steps, double peakSigmas, int lagSteps) {
  private static final double LEAST_SHIFT = 3.0;
  private static final double GREATEST_SHIFT = 4.0;

  /** Draws the details of a fault of {@code kind}. */
  static FaultShape draw(FaultKind kind, Duration interval, SplittableRandom random) {
    double size = LEAST_SHIFT + (GREATEST_SHIFT - LEAST_SHIFT) * random.nextDouble();
    double signed = random.nextBoolean() ? size : -size;
    int[] one = {random.nextInt(Sensors.COUNT)};
    int[] both = {Sensors.VIBRATION_HORIZONTAL, Sensors.VIBRATION_VERTICAL};
    return switch (kind) {
      case SPIKE -> new FaultShape(kind, one, 1 + random.nextInt(3), signed, 0);
      case DRIFT -> new FaultShape(kind, one, steps(180, 360, interval, random), signed, 0);
      case STUCK_SENSOR -> new FaultShape(kind, one, steps(60, 240, interval, random), 0, 0);
      case BROKEN_CORRELATION ->
          new FaultShape(
              kind, one, steps(60, 240, interval, random), 0, steps(240, 720, interval, random));
      case RISING_VIBRATION ->
          new FaultShape(kind, both, steps(120, 300, interval, random), size, 0);
    };
  }

  private static int steps(
      int leastMinutes, int mostMinutes, Duration interval, SplittableRandom random) {
    Duration length = Duration.ofMinutes(random.nextInt(leastMinutes, mostMinutes + 1));
    return Math.toIntExact(length.dividedBy(interval));
  }

  /** What the sensor reports at step {@code start + i} instead of the truth. */
  float apply(float[][] truth, int start, int i, int sensor, double deviation) {
    float actual = truth[start + i][sensor];
    return switch (kind) {
      case SPIKE -> (float) (actual + peakSigmas * deviation);
      case DRIFT -> (float) (actual + peakSigmas * deviation * Math.min(1, 1.5 * i / steps));
      case STUCK_SENSOR -> truth[start - 1][sensor];
      case BROKEN_CORRELATION -> truth[start + i - lagSteps][sensor];
      case RISING_VIBRATION -> (float) (actual + peakSigmas * deviation * (i + 1) / steps);
    };
  }
}
