package io.nelbo.jobs.evaluate.baseline;

import io.nelbo.jobs.replay.metrics.EigenSpace;

/** Distance from the mean in units of the covariance (Mahalanobis 1936). */
final class Mahalanobis implements Baseline {
  /** Of a unit variance: directions that hardly moved in training must not count without end. */
  private static final double LEAST_VARIANCE = 1e-3;

  @Override
  public String name() {
    return "mahalanobis";
  }

  @Override
  public Fitted fit(float[][] rows) {
    Standardisation scale = Standardisation.fit(rows);
    EigenSpace space = EigenSpace.of(scale.apply(rows));
    return (row, fittedAs) -> {
      double[] scaled = scale.apply(row);
      double sum = 0;
      for (int axis = 0; axis < space.size(); axis++) {
        double coordinate = space.coordinate(scaled, axis);
        sum += coordinate * coordinate / Math.max(LEAST_VARIANCE, space.variance(axis));
      }
      return Math.sqrt(sum);
    };
  }
}
