package io.nelbo.model.train;

import java.util.Arrays;

/**
 * How many independent values a run of autocorrelated statistics is worth, where it matters: at the
 * upper end.
 *
 * <p>{@code n * theta}, with theta the extremal index: the inverse of the mean length of a cluster
 * of exceedances. Estimated from the gaps between the exceedances of the upper fiftieth (intervals
 * estimator, Ferro and Segers 2003, equations 5 and 6). Equal statistics exceed together, and there
 * may be more than a fiftieth of them: a machine that is switched off looks the same for hours.
 */
final class EffectiveSample {
  private static final double UPPER_SHARE = 0.02;
  private static final int LEAST_EXCEEDANCES = 20;

  private EffectiveSample() {}

  /**
   * @param statistics in order of series and time
   */
  static double of(double[] statistics) {
    int count = statistics.length;
    int wanted = (int) Math.max(LEAST_EXCEEDANCES, UPPER_SHARE * count);
    int exceedances = Math.max(2, Math.min(wanted, count / 5));
    double[] sorted = statistics.clone();
    Arrays.sort(sorted);
    double border = sorted[Math.max(0, count - exceedances)];
    if (border == sorted[0]) {
      return 1;
    }
    return Math.max(1, count * extremalIndex(statistics, border));
  }

  private static double extremalIndex(double[] statistics, double border) {
    double sum = 0;
    double sumLessOne = 0;
    double squares = 0;
    double products = 0;
    long longest = 0;
    int gaps = 0;
    int last = -1;
    for (int i = 0; i < statistics.length; i++) {
      if (statistics[i] < border) {
        continue;
      }
      if (last >= 0) {
        double gap = i - last;
        sum += gap;
        sumLessOne += gap - 1;
        squares += gap * gap;
        products += (gap - 1) * (gap - 2);
        longest = Math.max(longest, i - last);
        gaps++;
      }
      last = i;
    }
    if (gaps == 0) {
      return 1;
    }
    double index =
        longest <= 2
            ? 2 * sum * sum / (gaps * squares)
            : 2 * sumLessOne * sumLessOne / (gaps * products);
    return Math.min(1, index);
  }
}
