package io.nelbo.jobs.evaluate;

import java.util.Arrays;
import java.util.Locale;
import java.util.SplittableRandom;

/** What goes wrong in a made-up fleet, again and again for a while, on one feature at a time. */
enum FleetFault {
  /** The feature lies three of its own deviations away. */
  LEVEL_SHIFT(20),
  /** The feature goes its own way, within its usual values. */
  BROKEN_RELATION(20),
  /** A single value six of its own deviations away. */
  SPIKE(1);

  private static final int EVERY = 200;
  private static final double SHIFT = 3;
  private static final double SPIKE_SIZE = 6;

  private final int rows;

  FleetFault(int rows) {
    this.rows = rows;
  }

  /** As the suite calls its set. */
  String setName() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static FleetFault named(String set) {
    return Arrays.stream(values())
        .filter(fault -> fault.setName().equals(set))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no fault is called " + set));
  }

  /**
   * Changes a copy of these rows of a device.
   *
   * @param other rows of the same device at another time, as many
   */
  LabelledRows plant(
      FleetSeries series, float[][] clean, float[][] other, SplittableRandom random) {
    float[][] values = Arrays.stream(clean).map(float[]::clone).toArray(float[][]::new);
    boolean[] anomalous = new boolean[values.length];
    for (int block = 0; block + EVERY <= values.length; block += EVERY) {
      int start = block + random.nextInt(EVERY - rows);
      int feature = random.nextInt(FleetSeries.features().size());
      double sign = random.nextBoolean() ? 1 : -1;
      for (int row = start; row < start + rows; row++) {
        anomalous[row] = true;
        double size = sign * series.deviation(feature);
        values[row][feature] =
            switch (this) {
              case LEVEL_SHIFT -> (float) (values[row][feature] + SHIFT * size);
              case SPIKE -> (float) (values[row][feature] + SPIKE_SIZE * size);
              case BROKEN_RELATION -> other[row][feature];
            };
      }
    }
    return new LabelledRows(
        series.name(), FleetSeries.features(), values, new long[values.length], anomalous);
  }
}
