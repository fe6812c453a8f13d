package io.nelbo.jobs.evaluate.baseline;

import io.nelbo.jobs.replay.metrics.EigenSpace;

/**
 * Squared distance of the standardised row from the principal components that hold 90 % of the
 * variance (Jackson and Mudholkar 1979, the Q statistic).
 */
final class PrincipalComponents implements Baseline {
  private static final double KEPT = 0.9;

  @Override
  public String name() {
    return "pca";
  }

  @Override
  public Fitted fit(float[][] rows) {
    Standardisation scale = Standardisation.fit(rows);
    EigenSpace space = EigenSpace.of(scale.apply(rows));
    int kept = kept(space);
    return (row, fittedAs) -> {
      double[] scaled = scale.apply(row);
      double sum = 0;
      for (int axis = kept; axis < space.size(); axis++) {
        double coordinate = space.coordinate(scaled, axis);
        sum += coordinate * coordinate;
      }
      return sum;
    };
  }

  /** At least one axis is left to measure the distance along. */
  private static int kept(EigenSpace space) {
    double total = 0;
    for (int axis = 0; axis < space.size(); axis++) {
      total += space.variance(axis);
    }
    double held = 0;
    int kept = 0;
    while (kept < space.size() - 1 && held < KEPT * total) {
      held += space.variance(kept++);
    }
    return kept;
  }
}
