package io.nelbo.model.gate;

import static io.nelbo.model.Preconditions.requireArgument;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Confidence interval of the mean of neighbouring values that depend on each other: circular block
 * bootstrap (Politis and Romano 1992), percentile interval.
 */
final class BlockBootstrap {
  private static final int RESAMPLES = 1000;
  private static final double TAIL = 0.025;

  /** Fewer blocks would make the interval a matter of a few draws. */
  private static final int LEAST_BLOCKS = 20;

  private BlockBootstrap() {}

  /**
   * Resamples with a fixed seed.
   *
   * @param values in order of series and time, at least one
   * @param wantedBlock values per block; shorter where it would leave fewer than 20 blocks
   */
  static Interval mean(double[] values, int wantedBlock, long seed) {
    requireArgument(values.length > 0, "the bootstrap needs at least one value, got 0");
    int block = Math.max(1, Math.min(wantedBlock, values.length / LEAST_BLOCKS));
    double[] blockSums = circularSums(values, block);
    int blocks = Math.max(1, Math.round((float) values.length / block));
    SplittableRandom random = new SplittableRandom(seed);
    double[] means = new double[RESAMPLES];
    for (int resample = 0; resample < RESAMPLES; resample++) {
      double sum = 0;
      for (int drawn = 0; drawn < blocks; drawn++) {
        sum += blockSums[random.nextInt(values.length)];
      }
      means[resample] = sum / ((double) blocks * block);
    }
    Arrays.sort(means);
    int cut = (int) (TAIL * RESAMPLES);
    return new Interval(
        Arrays.stream(values).average().orElseThrow(), means[cut], means[RESAMPLES - 1 - cut]);
  }

  /** Pulls the values in to the given share on either side, so that a few do not decide. */
  static double[] winsorised(double[] values, double share) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int cut = (int) (share * sorted.length);
    double least = sorted[cut];
    double most = sorted[sorted.length - 1 - cut];
    return Arrays.stream(values).map(value -> Math.max(least, Math.min(most, value))).toArray();
  }

  private static double[] circularSums(double[] values, int block) {
    double[] sums = new double[values.length];
    for (int start = 0; start < sums.length; start++) {
      for (int i = 0; i < block; i++) {
        sums[start] += values[(start + i) % values.length];
      }
    }
    return sums;
  }
}
