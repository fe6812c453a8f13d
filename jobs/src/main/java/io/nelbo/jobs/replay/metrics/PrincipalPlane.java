package io.nelbo.jobs.replay.metrics;

import static io.nelbo.model.Preconditions.requireArgument;

/**
 * Points seen along the two directions in which they spread most (PCA; Pearson 1901).
 *
 * @param coordinates two per point
 * @param firstShare part of the variance along the first direction, in [0, 1]
 * @param secondShare along the second
 */
@SuppressWarnings("ArrayRecordComponent") // drawn once, never compared
public record PrincipalPlane(double[][] coordinates, double firstShare, double secondShare) {
  /**
   * Projects points of equal length; the second coordinate of one-dimensional points is 0.
   *
   * @throws IllegalArgumentException when there is no point
   */
  public static PrincipalPlane of(double[][] points) {
    requireArgument(points.length > 0, "there must be at least one point");
    double[][] centred = centred(points);
    EigenSpace space = EigenSpace.of(centred);
    double total = 0;
    for (int axis = 0; axis < space.size(); axis++) {
      total += space.variance(axis);
    }
    double[][] plane = new double[points.length][2];
    for (int point = 0; point < plane.length; point++) {
      for (int axis = 0; axis < Math.min(2, space.size()); axis++) {
        plane[point][axis] = space.coordinate(centred[point], axis);
      }
    }
    double second = space.size() > 1 ? space.variance(1) : 0;
    return new PrincipalPlane(
        plane, Ratios.ofOrZero(space.variance(0), total), Ratios.ofOrZero(second, total));
  }

  private static double[][] centred(double[][] points) {
    int dimensions = points[0].length;
    double[] mean = new double[dimensions];
    for (double[] point : points) {
      for (int i = 0; i < dimensions; i++) {
        mean[i] += point[i] / points.length;
      }
    }
    double[][] centred = new double[points.length][dimensions];
    for (int point = 0; point < points.length; point++) {
      for (int i = 0; i < dimensions; i++) {
        centred[point][i] = points[point][i] - mean[i];
      }
    }
    return centred;
  }
}
