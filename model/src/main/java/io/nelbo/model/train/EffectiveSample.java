package io.nelbo.model.train;

import java.util.Arrays;

/**
 * How many independent values a run of autocorrelated statistics is worth, where it matters: at the
 * upper end.
 *
 * <p>{@code n / (1 + 2 sum_k rho_k)} for the indicator of the upper tenth, the sum ending at the
 * first autocorrelation below 0.05 (initial positive sequence, Geyer 1992).
 */
final class EffectiveSample {
  private static final double NEGLIGIBLE = 0.05;
  private static final double UPPER = 0.9;
  private static final int MOST_LAG = 1000;

  private EffectiveSample() {}

  /**
   * @param statistics in order of series and time
   */
  static double of(double[] statistics) {
    int count = statistics.length;
    double[] sorted = statistics.clone();
    Arrays.sort(sorted);
    double border = sorted[(int) (UPPER * (count - 1))];
    double[] exceeds = new double[count];
    Arrays.setAll(exceeds, i -> statistics[i] > border ? 1 : 0);
    double mean = Arrays.stream(exceeds).average().orElse(0);
    Arrays.setAll(exceeds, i -> exceeds[i] - mean);
    double variance = product(exceeds, 0);
    if (variance == 0) {
      return 1;
    }
    double sum = 0;
    for (int lag = 1; lag < Math.min(count / 2, MOST_LAG); lag++) {
      double correlation = product(exceeds, lag) / variance;
      if (correlation < NEGLIGIBLE) {
        break;
      }
      sum += correlation;
    }
    return Math.max(1, count / (1 + 2 * sum));
  }

  private static double product(double[] values, int lag) {
    double sum = 0;
    for (int i = lag; i < values.length; i++) {
      sum += values[i] * values[i - lag];
    }
    return sum;
  }
}
