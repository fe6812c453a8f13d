package io.nelbo.jobs.evaluate;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * An endless stationary stream: features that follow a few hidden factors, plus noise of their own,
 * all Gaussian autoregressive processes of the first order. The mixing is always the same.
 */
final class FactorStream {
  private static final int FEATURES = 8;
  private static final int FACTORS = 3;
  private static final double NOISE = 0.3;
  private static final double[][] MIXING = mixing(20_240_229);

  private final double memory;
  private final SplittableRandom random;
  private final double[] factors = new double[FACTORS];
  private final double[] noise = new double[FEATURES];

  /**
   * Starts in its stationary distribution.
   *
   * @param memory correlation of neighbours, in [0, 1); 0 gives independent rows
   */
  FactorStream(double memory, long seed) {
    this.memory = memory;
    random = new SplittableRandom(seed);
    step(factors, 0, random);
    step(noise, 0, random);
  }

  static List<String> features() {
    return IntStream.range(0, FEATURES).mapToObj(feature -> "f" + feature).toList();
  }

  /** Standard deviation of a feature. */
  static double deviation(int feature) {
    double square = NOISE * NOISE;
    for (double weight : MIXING[feature]) {
      square += weight * weight;
    }
    return Math.sqrt(square);
  }

  /** The rows that come next. */
  float[][] next(int rows) {
    float[][] values = new float[rows][];
    for (int row = 0; row < rows; row++) {
      values[row] = next();
    }
    return values;
  }

  private float[] next() {
    step(factors, memory, random);
    step(noise, memory, random);
    float[] row = new float[FEATURES];
    for (int feature = 0; feature < FEATURES; feature++) {
      double value = NOISE * noise[feature];
      for (int factor = 0; factor < FACTORS; factor++) {
        value += MIXING[feature][factor] * factors[factor];
      }
      row[feature] = (float) value;
    }
    return row;
  }

  private static double[][] mixing(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[][] mixing = new double[FEATURES][FACTORS];
    for (double[] feature : mixing) {
      Arrays.setAll(feature, factor -> random.nextGaussian());
    }
    return mixing;
  }

  private static void step(double[] state, double memory, SplittableRandom random) {
    double innovation = Math.sqrt(1 - memory * memory);
    for (int i = 0; i < state.length; i++) {
      state[i] = memory * state[i] + innovation * random.nextGaussian();
    }
  }
}
