package io.nelbo.model.scale;

/**
 * Count, mean and sum of squared deviations of a stream of numbers, without cancellation.
 *
 * <p>Welford (1962) for one value, Chan, Golub and LeVeque (1979) for the union of two.
 */
final class Moments {
  private long count;
  private double mean;
  private double squaredDeviations;

  void add(double value) {
    count++;
    double fromOldMean = value - mean;
    mean += fromOldMean / count;
    squaredDeviations += fromOldMean * (value - mean);
  }

  void addAll(Moments other) {
    if (other.count == 0) {
      return;
    }
    long union = count + other.count;
    double between = other.mean - mean;
    mean += between * other.count / union;
    squaredDeviations +=
        other.squaredDeviations + between * between * ((double) count * other.count / union);
    count = union;
  }

  long count() {
    return count;
  }

  /** 0 when empty. */
  double mean() {
    return mean;
  }

  /** Population standard deviation; 0 when there are fewer than two different values. */
  double standardDeviation() {
    return count == 0 ? 0 : Math.sqrt(squaredDeviations / count);
  }
}
