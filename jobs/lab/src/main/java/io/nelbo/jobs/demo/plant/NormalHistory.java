package io.nelbo.jobs.demo.plant;

/** What each sensor of one pump did while it was healthy: range, mean and standard deviation. */
final class NormalHistory {
  private final float[] least = new float[Sensors.COUNT];
  private final float[] greatest = new float[Sensors.COUNT];
  private final double[] deviation = new double[Sensors.COUNT];

  /**
   * @param readings {@code [steps][sensors]}
   * @param from first of them that is the history
   * @param until exclusive, at least two later
   */
  NormalHistory(float[][] readings, int from, int until) {
    int steps = until - from;
    for (int sensor = 0; sensor < Sensors.COUNT; sensor++) {
      least[sensor] = Float.POSITIVE_INFINITY;
      greatest[sensor] = Float.NEGATIVE_INFINITY;
      double sum = 0;
      for (int step = from; step < until; step++) {
        float value = readings[step][sensor];
        least[sensor] = Math.min(least[sensor], value);
        greatest[sensor] = Math.max(greatest[sensor], value);
        sum += value;
      }
      double mean = sum / steps;
      double squares = 0;
      for (int step = from; step < until; step++) {
        squares += (readings[step][sensor] - mean) * (readings[step][sensor] - mean);
      }
      deviation[sensor] = Math.sqrt(squares / (steps - 1));
    }
  }

  /** Standard deviation of one sensor. */
  double deviation(int sensor) {
    return deviation[sensor];
  }

  /** Whether every sensor of the reading lies between the least and the greatest value seen. */
  boolean contains(float[] reading) {
    for (int sensor = 0; sensor < Sensors.COUNT; sensor++) {
      if (reading[sensor] < least[sensor] || reading[sensor] > greatest[sensor]) {
        return false;
      }
    }
    return true;
  }
}
