package io.nelbo.model.calibrate;

import org.apache.commons.math3.distribution.TDistribution;

/**
 * Where a sample that is too small for its own quantile says that the next value will not lie: the
 * upper prediction bound of normal values, {@code mean + t sd sqrt(1 + 1 / m)}, with t the quantile
 * of Student's t of m - 1 degrees and m the independent values that the sample is worth (Hahn and
 * Meeker 1991, Statistical Intervals, 4.7).
 */
final class PredictionBound {
  /** So few independent values say more of the tail by their spread than by their largest. */
  static final double FEW = 30;

  /** Of fewer a standard deviation says nothing. */
  private static final double LEAST_INDEPENDENT = 3;

  /** At this rate the tail that stands for the bound agrees with it. */
  private static final double AGREED_RATE = 1e-3;

  /** Of the deviation: a tail begins with no less of a slope than this gives. */
  private static final double LEAST_STEP = 0.25;

  private final double largest;
  private final double mean;
  private final double deviation;
  private final TDistribution student;

  /**
   * @param sorted sample, ascending
   * @param effectiveSample how many independent values it is worth
   */
  PredictionBound(double[] sorted, double effectiveSample) {
    double independent = Math.max(LEAST_INDEPENDENT, effectiveSample);
    double sum = 0;
    for (double value : sorted) {
      sum += value / sorted.length;
    }
    double square = 0;
    for (double value : sorted) {
      square += (value - sum) * (value - sum) / sorted.length;
    }
    mean = sum;
    deviation = Math.sqrt(square * (independent + 1) / (independent - 1));
    student = new TDistribution(independent - 1);
    largest = sorted[sorted.length - 1];
  }

  /**
   * @param rate share of values to come that may lie beyond, in (0, 1)
   * @return in nats
   */
  double at(double rate) {
    return mean + student.inverseCumulativeProbability(1 - rate) * deviation;
  }

  /**
   * A tail from the largest value on that falls as Student's t does far out, and agrees with the
   * bound at a rate of 0.001.
   *
   * @param largestRate share of values to come that may lie beyond the largest
   */
  GeneralisedPareto tail(double largestRate) {
    if (deviation == 0 || largestRate <= AGREED_RATE) {
      return GeneralisedPareto.withoutSpread(0, 1);
    }
    double step = Math.max(at(AGREED_RATE) - largest, LEAST_STEP * deviation);
    double shape = Math.min(GeneralisedPareto.LARGEST_SHAPE, 1 / student.getDegreesOfFreedom());
    double logRatio = Math.log(largestRate / AGREED_RATE);
    return new GeneralisedPareto(shape, shape * step / Math.expm1(shape * logRatio));
  }
}
