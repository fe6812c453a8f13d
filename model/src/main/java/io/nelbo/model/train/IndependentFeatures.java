package io.nelbo.model.train;

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
  private final boolean bernoulli;
  private final int context;

  /**
   * @param scaled windows side by side, NaN where missing
   * @param context values of each record behind the features, which play no part
   * @param floor least standard deviation
   * @param bernoulli whether values are bits or grey in [0, 1]
   */
  public IndependentFeatures(
      float[] scaled, int rowLength, int features, int context, double floor, boolean bernoulli) {
    this.bernoulli = bernoulli;
    this.context = context;
    mean = new double[features];
    variance = new double[features];
    int rows = scaled.length / rowLength;
    for (int feature = 0; feature < features; feature++) {
      double sum = 0;
      double square = 0;
      int count = 0;
      for (int row = 0; row < rows; row++) {
        float value = scaled[(row + 1) * rowLength - features - context + feature];
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
  public double[] losses(float[] scaled, int rowLength) {
    double[] losses = new double[scaled.length / rowLength];
    Arrays.setAll(losses, row -> loss(scaled, (row + 1) * rowLength - mean.length - context));
    return losses;
  }

  private double loss(float[] scaled, int start) {
    double loss = 0;
    for (int feature = 0; feature < mean.length; feature++) {
      float value = scaled[start + feature];
      if (!Float.isNaN(value)) {
        loss += bernoulli ? bernoulli(value, mean[feature]) : gaussian(value, feature);
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
