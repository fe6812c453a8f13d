package io.nelbo.model.train;

import io.nelbo.model.calibrate.Calibration;
import java.util.Arrays;

/**
 * Held-out statistics that are no example of the normal, although nobody said so: a border between
 * the largest and the second largest would follow a single one of them out to where no fault lies.
 * So far out as these the tail of the others would put a record once in a hundred samples.
 */
final class Outliers {
  /** Of the held-out records; where more are strange they are another kind of normal. */
  private static final double MOST = 0.02;

  private static final double UNLIKELY = 0.01;

  private Outliers() {}

  /** From which statistic on they are outliers; infinite when none is. */
  static double from(double[] statistics) {
    double[] sorted = statistics.clone();
    Arrays.sort(sorted);
    int most = (int) (MOST * sorted.length);
    for (int count = most; count > 0; count--) {
      double[] others = Arrays.copyOf(sorted, sorted.length - count);
      double least = sorted[sorted.length - count];
      double p = Calibration.fit(others, others.length).pValue(least);
      if (p < UNLIKELY * count / sorted.length) {
        return least;
      }
    }
    return Double.POSITIVE_INFINITY;
  }
}
