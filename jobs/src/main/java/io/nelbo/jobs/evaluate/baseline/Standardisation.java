package io.nelbo.jobs.evaluate.baseline;

import static io.nelbo.model.Preconditions.requireArgument;

import java.util.Arrays;

/** Mean 0 and standard deviation 1 in the rows it was fitted to; cut at 20 either way. */
final class Standardisation {
  /** A feature that hardly moved in training must not outshout all others. */
  private static final double CUT = 20;

  private final double[] mean;
  private final double[] deviation;

  private Standardisation(double[] mean, double[] deviation) {
    this.mean = mean;
    this.deviation = deviation;
  }

  static Standardisation fit(float[][] rows) {
    requireArgument(rows.length >= 2, "rows must be at least 2, got %s", rows.length);
    int features = rows[0].length;
    double[] mean = new double[features];
    double[] deviation = new double[features];
    for (int feature = 0; feature < features; feature++) {
      int column = feature;
      double[] observed =
          Arrays.stream(rows)
              .mapToDouble(row -> row[column])
              .filter(value -> !Double.isNaN(value))
              .toArray();
      double centre = Arrays.stream(observed).average().orElse(0);
      double variance =
          Arrays.stream(observed)
              .map(value -> (value - centre) * (value - centre))
              .average()
              .orElse(0);
      mean[feature] = centre;
      // Float noise in a constant column is no scale.
      boolean constant = Math.sqrt(variance) <= 1e-6 * Math.max(1e-6, Math.abs(centre));
      deviation[feature] = constant ? 1 : Math.sqrt(variance);
    }
    return new Standardisation(mean, deviation);
  }

  double[] apply(float[] row) {
    double[] scaled = new double[row.length];
    for (int feature = 0; feature < row.length; feature++) {
      double value = (row[feature] - mean[feature]) / deviation[feature];
      scaled[feature] = Double.isNaN(value) ? 0 : Math.max(-CUT, Math.min(CUT, value));
    }
    return scaled;
  }

  double[][] apply(float[][] rows) {
    return Arrays.stream(rows).map(this::apply).toArray(double[][]::new);
  }
}
