package io.nelbo.jobs.replay.metrics;

import static io.nelbo.model.Preconditions.requireArgument;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.math3.distribution.BinomialDistribution;

/**
 * How often normal rows would alarm at an asked false-alarm rate.
 *
 * @param asked the border's p-value
 * @param measured share of the rows whose p-value is at most that
 * @param low where the measured share of a model that keeps its promise lies in 97.5 % of samples
 *     of this size or above it, if the rows are independent; neighbouring records often are not
 * @param high likewise, or below it
 * @param rows how many p-values there were
 */
public record AlarmRate(double asked, double measured, double low, double high, long rows) {
  private static final double TAIL = 0.025;

  /**
   * Measures at every asked rate.
   *
   * @param pValues of normal rows, at least one, in any order
   * @param asked rates in (0, 1)
   * @throws IllegalArgumentException when there is no p-value or one is not a number
   */
  public static List<AlarmRate> measure(double[] pValues, double[] asked) {
    requireArgument(pValues.length > 0, "there must be at least one p-value");
    double[] sorted = pValues.clone();
    Arrays.sort(sorted);
    requireArgument(
        !Double.isNaN(sorted[sorted.length - 1]), "p-values must be numbers, one is not");
    List<AlarmRate> rates = new ArrayList<>();
    for (double rate : asked) {
      requireArgument(rate > 0 && rate < 1, "asked must lie in (0, 1), got %s", rate);
      double rows = sorted.length;
      BinomialDistribution chance = new BinomialDistribution(null, sorted.length, rate);
      rates.add(
          new AlarmRate(
              rate,
              atMost(sorted, rate) / rows,
              chance.inverseCumulativeProbability(TAIL) / rows,
              chance.inverseCumulativeProbability(1 - TAIL) / rows,
              sorted.length));
    }
    return List.copyOf(rates);
  }

  private static int atMost(double[] sorted, double limit) {
    int low = 0;
    int high = sorted.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sorted[middle] <= limit) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
