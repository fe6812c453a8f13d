package io.nelbo.jobs.testing;

import java.util.List;
import java.util.Random;

/**
 * Three sensors that follow one hidden load: {@code b} rises with it, {@code c} falls. A record may
 * be strange although each of its values lies well inside its own range.
 */
public final class CorrelatedSensors {
  /** Names of the features. */
  public static final List<String> NAMES = List.of("a", "b", "c");

  private final Random random;

  public CorrelatedSensors(long seed) {
    random = new Random(seed);
  }

  /** A record as it should be. */
  public float[] normal() {
    return at(random.nextGaussian());
  }

  /** A record in which {@code b} contradicts the other two, by three times the load's spread. */
  public float[] broken() {
    double load = random.nextBoolean() ? 1.5 : -1.5;
    float[] record = at(load);
    record[1] = (float) (10 - 2 * load + noise());
    return record;
  }

  private float[] at(double load) {
    return new float[] {
      (float) (load + noise()), (float) (10 + 2 * load + noise()), (float) (-5 - load + noise())
    };
  }

  private double noise() {
    return 0.1 * random.nextGaussian();
  }
}
