package io.nelbo.model.train;

import java.util.Arrays;

/**
 * The simplest density there is, to beat: each feature Gaussian, none related to another.
 *
 * <p>With scaled features it is the norm of the row, in nats.
 */
final class IndependentFeatures {
  private static final double HALF_LOG_TWO_PI = 0.5 * Math.log(2 * Math.PI);
  private final double[] mean;
  private final double[] variance;

  /**
   * @param scaled records of this many features side by side, NaN where missing
   * @param floor least standard deviation
   */
  IndependentFeatures(float[] scaled, int rowLength, int features, double floor) {
    mean = new double[features];
    variance = new double[features];
    int rows = scaled.length / rowLength;
    for (int feature = 0; feature < features; feature++) {
      double sum = 0;
      double square = 0;
      int count = 0;
      for (int row = 0; row < rows; row++) {
        float value = scaled[(row + 1) * rowLength - features + feature];
        if (!Float.isNaN(value)) {
          sum += value;
          square += (double) value * value;
          count++;
        }
      }
      mean[feature] = count == 0 ? 0 : sum / count;
      double spread = count == 0 ? 1 : square / count - mean[feature] * mean[feature];
      variance[feature] = Math.max(spread, floor * floor);
    }
  }

  /** Negative log-density of each window's newest record, rescaled for missing features. */
  double[] losses(float[] scaled, int rowLength) {
    double[] losses = new double[scaled.length / rowLength];
    Arrays.setAll(losses, row -> loss(scaled, (row + 1) * rowLength - mean.length));
    return losses;
  }

  private double loss(float[] scaled, int start) {
    double loss = 0;
    int observed = 0;
    for (int feature = 0; feature < mean.length; feature++) {
      float value = scaled[start + feature];
      if (!Float.isNaN(value)) {
        double difference = value - mean[feature];
        loss +=
            0.5 * (Math.log(variance[feature]) + difference * difference / variance[feature])
                + HALF_LOG_TWO_PI;
        observed++;
      }
    }
    return observed == 0 ? 0 : loss * mean.length / observed;
  }
}
