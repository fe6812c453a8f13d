package io.nelbo.jobs.replay.metrics;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.apache.commons.math3.exception.MaxCountExceededException;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;

/** The principal axes of rows around 0, the widest first. */
public final class EigenSpace {
  private final double[] variances;
  private final double[][] axes;

  private EigenSpace(double[] variances, double[][] axes) {
    this.variances = variances;
    this.axes = axes;
  }

  /**
   * Takes centred rows, all of one length.
   *
   * @throws IllegalStateException when the library does not find the axes
   */
  public static EigenSpace of(double[][] scaled) {
    int features = scaled[0].length;
    double[][] covariance = new double[features][features];
    for (double[] row : scaled) {
      for (int i = 0; i < features; i++) {
        for (int j = i; j < features; j++) {
          covariance[i][j] += row[i] * row[j] / scaled.length;
        }
      }
    }
    for (int i = 0; i < features; i++) {
      for (int j = 0; j < i; j++) {
        covariance[i][j] = covariance[j][i];
      }
    }
    // The library's iteration ends by the size of the variances and fails where there are none, as
    // of hundreds of pixels of a digit: all are raised while the axes are sought, which stay the
    // same.
    double raise =
        IntStream.range(0, features).mapToDouble(i -> covariance[i][i]).average().orElse(0);
    for (int i = 0; i < features; i++) {
      covariance[i][i] += raise;
    }
    // Of a symmetric matrix the library sorts the eigenvalues, the largest first.
    EigenDecomposition parts = decomposed(covariance);
    double[][] axes = new double[features][];
    for (int axis = 0; axis < features; axis++) {
      axes[axis] = parts.getEigenvector(axis).toArray();
    }
    double[] raised = parts.getRealEigenvalues();
    return new EigenSpace(Arrays.stream(raised).map(value -> value - raise).toArray(), axes);
  }

  private static EigenDecomposition decomposed(double[][] covariance) {
    try {
      return new EigenDecomposition(new Array2DRowRealMatrix(covariance, false));
    } catch (MaxCountExceededException | ArithmeticException e) {
      throw new IllegalStateException(
          "the principal axes of %s features were not found: the iteration did not converge"
              .formatted(covariance.length),
          e);
    }
  }

  /** How many axes there are: one per feature. */
  public int size() {
    return axes.length;
  }

  public double variance(int axis) {
    return Math.max(0, variances[axis]);
  }

  /** Where a centred row lies along an axis. */
  public double coordinate(double[] scaled, int axis) {
    double sum = 0;
    for (int feature = 0; feature < scaled.length; feature++) {
      sum += scaled[feature] * axes[axis][feature];
    }
    return sum;
  }
}
