package io.nelbo.jobs.evaluate;

import java.util.List;
import java.util.SplittableRandom;

/**
 * One device of a made-up fleet: the dynamics of all, under offsets and gains of its own.
 *
 * <p>Offsets have ten times the deviation that a feature has within a device of gain one; gains lie
 * between 0.3 and 3, evenly on a logarithmic scale.
 */
final class FleetSeries {
  private static final double OFFSET_SPREAD = 10;
  private static final double LARGEST_GAIN = 3;
  private static final double SMALLEST_GAIN = 0.3;
  private static final double MEMORY = 0.9;

  private final String name;
  private final FactorStream stream;
  private final double[] offsets;
  private final double[] gains;

  FleetSeries(String name, long seed) {
    this.name = name;
    SplittableRandom random = new SplittableRandom(seed);
    stream = new FactorStream(MEMORY, random.nextLong());
    int features = features().size();
    offsets = new double[features];
    gains = new double[features];
    double range = Math.log(LARGEST_GAIN / SMALLEST_GAIN);
    for (int feature = 0; feature < features; feature++) {
      offsets[feature] = OFFSET_SPREAD * FactorStream.deviation(feature) * random.nextGaussian();
      gains[feature] = SMALLEST_GAIN * Math.exp(range * random.nextDouble());
    }
  }

  static List<String> features() {
    return FactorStream.features();
  }

  String name() {
    return name;
  }

  /** Standard deviation of one feature of this device. */
  double deviation(int feature) {
    return gains[feature] * FactorStream.deviation(feature);
  }

  /** The rows that come next. */
  float[][] next(int rows) {
    float[][] values = stream.next(rows);
    for (float[] row : values) {
      for (int feature = 0; feature < row.length; feature++) {
        row[feature] = (float) (offsets[feature] + gains[feature] * row[feature]);
      }
    }
    return values;
  }
}
