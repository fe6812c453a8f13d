package io.nelbo.model.calibrate;

import static io.nelbo.model.Preconditions.requireArgument;

import java.util.Arrays;

/** Sorts, thins and fits the tail: how a {@link CalibrationTable} comes about. */
final class CalibrationFit {
  /** The largest so many statistics are all kept. */
  private static final int EXACT = 2000;

  /** Below them p grows by at most this share from one kept statistic to the next. */
  private static final double THINNING = 0.005;

  private static final double TAIL_SHARE = 0.1;

  private static final int LEAST_EXCEEDANCES = 20;
  private static final int MOST_EXCEEDANCES = 1000;

  private CalibrationFit() {}

  static CalibrationTable fit(double[] heldOutStatistics, double effectiveSample) {
    requireArgument(
        heldOutStatistics.length > 0, "calibration needs at least one held-out statistic, got 0");
    double[] sorted = heldOutStatistics.clone();
    Arrays.sort(sorted);
    requireArgument(
        Double.isFinite(sorted[0]) && Double.isFinite(sorted[sorted.length - 1]),
        "held-out statistics must be finite, got %s..%s",
        sorted[0],
        sorted[sorted.length - 1]);
    int sample = sorted.length;
    int exceedances = exceedances(sample);
    double threshold = sorted[sample - exceedances - (exceedances < sample ? 1 : 0)];
    boolean few = effectiveSample < PredictionBound.FEW && sorted[0] < sorted[sample - 1];
    GeneralisedPareto tail =
        few
            ? new PredictionBound(sorted, effectiveSample).tail(1 / (sample + 1.0))
            : tailBeyond(threshold, exceedances, sorted, effectiveSample / sample);
    int[] kept = keptIndices(sorted);
    double[] statistics = new double[kept.length];
    long[] atLeast = new long[kept.length];
    for (int knot = 0; knot < kept.length; knot++) {
      statistics[knot] = sorted[kept[knot]];
      atLeast[knot] = (long) sample - kept[knot];
    }
    return new CalibrationTable(
        statistics,
        atLeast,
        sample,
        effectiveSample,
        few ? sorted[sample - 1] : threshold,
        tail.shape(),
        tail.scale());
  }

  /** A tenth of the sample, but 20 to 1000 where there are so many. */
  private static int exceedances(int sample) {
    int tenth = (int) (TAIL_SHARE * sample);
    int wanted = Math.max(LEAST_EXCEEDANCES, Math.min(MOST_EXCEEDANCES, tenth));
    return Math.min(wanted, Math.max(1, sample - 1));
  }

  private static GeneralisedPareto tailBeyond(
      double threshold, int exceedances, double[] sorted, double independentShare) {
    int sample = sorted.length;
    double largest = sorted[sample - 1];
    if (largest > threshold) {
      double[] beyond = new double[exceedances];
      for (int index = 0; index < exceedances; index++) {
        beyond[index] = sorted[sample - exceedances + index] - threshold;
      }
      return GeneralisedPareto.fit(beyond, exceedances * independentShare);
    }
    return GeneralisedPareto.withoutSpread(largest - sorted[0], sample);
  }

  /** First index of each distinct value that is kept, ascending; always of both ends. */
  private static int[] keptIndices(double[] sorted) {
    int[] kept = new int[sorted.length];
    int count = 0;
    double lastAtLeast = Double.POSITIVE_INFINITY;
    double largest = sorted[sorted.length - 1];
    for (int index = 0; index < sorted.length; index++) {
      boolean distinct = index == 0 || sorted[index] > sorted[index - 1];
      int atLeast = sorted.length - index;
      boolean isEnd = atLeast <= EXACT || sorted[index] == largest;
      if (distinct && (isEnd || atLeast <= lastAtLeast * (1 - THINNING))) {
        kept[count++] = index;
        lastAtLeast = atLeast;
      }
    }
    return Arrays.copyOf(kept, count);
  }
}
