package io.nelbo.model.family.pca;

import io.nelbo.model.fit.TrainingException;
import java.util.Arrays;
import org.apache.commons.math3.exception.MaxCountExceededException;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;

/**
 * Mean and covariance of windows, and their principal axes.
 *
 * <p>Where values are missing, each covariance is that of the windows that have both values. Where
 * fewer than thirty have, it is shrunk in proportion; two values that are never seen together are
 * taken for unrelated. Such a matrix may have negative eigenvalues. That does no harm: the model
 * keeps the largest ones and a noise that is positive.
 */
final class Covariance {
  private static final int ENOUGH_PAIRS = 30;

  private final double[] mean;
  private final double[][] matrix;

  private Covariance(double[] mean, double[][] matrix) {
    this.mean = mean;
    this.matrix = matrix;
  }

  /** The widest first. */
  @SuppressWarnings("ArrayRecordComponent") // read at once, never compared
  record Axes(double[] variances, double[][] directions) {}

  /**
   * @param rows one window after the other, NaN where missing
   * @param clip values beyond it count as much as at it
   */
  static Covariance of(float[] rows, int length, double clip) {
    int count = rows.length / length;
    double[] mean = means(rows, length, clip);
    double[][] sums = new double[length][length];
    int[][] lacking = new int[length][length];
    double[] off = new double[length];
    boolean[] missing = new boolean[length];
    for (int row = 0; row < count; row++) {
      boolean whole = true;
      for (int i = 0; i < length; i++) {
        float value = rows[row * length + i];
        missing[i] = Float.isNaN(value);
        whole &= !missing[i];
        off[i] = missing[i] ? 0 : Math.max(-clip, Math.min(clip, value)) - mean[i];
      }
      for (int i = 0; i < length; i++) {
        double[] sum = sums[i];
        for (int j = i; j < length; j++) {
          sum[j] += off[i] * off[j];
        }
      }
      if (!whole) {
        countLacking(missing, lacking);
      }
    }
    double enough = Math.min(ENOUGH_PAIRS, count);
    for (int i = 0; i < length; i++) {
      for (int j = i; j < length; j++) {
        int pairs = count - lacking[i][j];
        double shrunk = i == j ? 1 : Math.min(1, pairs / enough);
        sums[i][j] = pairs == 0 ? 0 : shrunk * sums[i][j] / pairs;
        sums[j][i] = sums[i][j];
      }
    }
    return new Covariance(mean, sums);
  }

  private static double[] means(float[] rows, int length, double clip) {
    double[] mean = new double[length];
    int[] seen = new int[length];
    for (int i = 0; i < rows.length; i++) {
      if (!Float.isNaN(rows[i])) {
        mean[i % length] += Math.max(-clip, Math.min(clip, rows[i]));
        seen[i % length]++;
      }
    }
    Arrays.setAll(mean, i -> mean[i] / Math.max(1, seen[i]));
    return mean;
  }

  private static void countLacking(boolean[] missing, int[][] lacking) {
    for (int i = 0; i < missing.length; i++) {
      for (int j = i; j < missing.length; j++) {
        if (missing[i] || missing[j]) {
          lacking[i][j]++;
        }
      }
    }
  }

  double[] mean() {
    return mean;
  }

  /**
   * @throws TrainingException when the library does not find them
   */
  Axes axes() throws TrainingException {
    int size = mean.length;
    double[][] raised = new double[size][];
    double trace = 0;
    for (int i = 0; i < size; i++) {
      raised[i] = matrix[i].clone();
      trace += matrix[i][i];
    }
    // The library's iteration ends by the size of the variances, and fails where there are none:
    // all are raised while the axes are sought, which stay the same.
    double raise = Math.max(trace / size, 1e-12);
    for (int i = 0; i < size; i++) {
      raised[i][i] += raise;
    }
    EigenDecomposition parts;
    try {
      parts = new EigenDecomposition(new Array2DRowRealMatrix(raised, false));
    } catch (MaxCountExceededException | ArithmeticException e) {
      throw new TrainingException(
          "the principal axes of %s values per window were not found, the iteration did not converge (%s): leave out features that say the same, or shorten the window"
              .formatted(size, e.getMessage()),
          e);
    }
    double[] variances = parts.getRealEigenvalues(); // of a symmetric matrix, the largest first
    double[][] directions = new double[size][];
    for (int axis = 0; axis < size; axis++) {
      variances[axis] -= raise;
      directions[axis] = parts.getEigenvector(axis).toArray();
    }
    return new Axes(variances, directions);
  }

  /**
   * The most likely model with so many components (Tipping and Bishop 1999, section 3.2): the noise
   * is the mean variance of the axes that are left out, at least the floor's square.
   */
  LinearGaussian model(Axes axes, int components, double floor) {
    int size = mean.length;
    double rest = 0;
    for (int axis = components; axis < size; axis++) {
      rest += Math.max(0, axes.variances()[axis]);
    }
    double noise = Math.max(floor * floor, size > components ? rest / (size - components) : 0);
    double[][] weights = new double[size][components];
    for (int axis = 0; axis < components; axis++) {
      double length = Math.sqrt(Math.max(0, axes.variances()[axis] - noise));
      for (int i = 0; i < size; i++) {
        weights[i][axis] = length * axes.directions()[axis][i];
      }
    }
    return new LinearGaussian(weights, mean, noise);
  }
}
