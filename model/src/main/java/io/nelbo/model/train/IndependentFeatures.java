package io.nelbo.model.train;

import io.nelbo.model.record.WindowShape;
import java.util.Arrays;

/**
 * The simplest density there is, to beat: each feature Gaussian, or a Bernoulli, none related to
 * another.
 *
 * <p>With scaled Gaussian features it is the norm of the row, in nats.
 */
public final class IndependentFeatures {
  private static final double HALF_LOG_TWO_PI = 0.5 * Math.log(2 * Math.PI);

  /** Of a bit that was never seen. */
  private static final double LEAST_PROBABILITY = 1e-4;

  private final double[] mean;
  private final double[] variance;
  private final boolean unitInterval;
  private final WindowShape window;

  /**
   * @param scaled windows side by side, NaN where missing
   * @param window of these windows; context plays no part
   * @param floor least standard deviation
   * @param unitInterval whether values are bits or grey in [0, 1]
   */
  public IndependentFeatures(
      float[] scaled, WindowShape window, double floor, boolean unitInterval) {
    this.unitInterval = unitInterval;
    this.window = window;
    int features = window.features();
    mean = new double[features];
    variance = new double[features];
    int rows = scaled.length / window.rowLength();
    for (int feature = 0; feature < features; feature++) {
      double sum = 0;
      double square = 0;
      int count = 0;
      for (int row = 0; row < rows; row++) {
        float value = scaled[window.newest(row) + feature];
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

  /** Negative log-density of what was observed of each window's newest record, in nats. */
  public double[] losses(float[] scaled) {
    double[] losses = new double[scaled.length / window.rowLength()];
    Arrays.setAll(losses, row -> loss(scaled, window.newest(row)));
    return losses;
  }

  private double loss(float[] scaled, int start) {
    double loss = 0;
    for (int feature = 0; feature < mean.length; feature++) {
      float value = scaled[start + feature];
      if (!Float.isNaN(value)) {
        loss += unitInterval ? bernoulli(value, mean[feature]) : gaussian(value, feature);
      }
    }
    return loss;
  }

  private double gaussian(float value, int feature) {
    double difference = value - mean[feature];
    return 0.5 * (Math.log(variance[feature]) + difference * difference / variance[feature])
        + HALF_LOG_TWO_PI;
  }

  private static double bernoulli(float value, double mean) {
    double probability = Math.max(LEAST_PROBABILITY, Math.min(1 - LEAST_PROBABILITY, mean));
    return -value * Math.log(probability) - (1 - value) * Math.log(1 - probability);
  }
}
