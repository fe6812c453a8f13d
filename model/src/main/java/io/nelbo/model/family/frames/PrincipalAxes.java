package io.nelbo.model.family.frames;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.nelbo.model.fit.TrainingException;
import java.util.SplittableRandom;
import org.apache.commons.math3.exception.MaxCountExceededException;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;

/**
 * The widest axes of many long rows by randomised subspace iteration (Halko, Martinsson and Tropp
 * 2011, algorithm 4.4): the covariance of 4,096 values is never formed, products with the rows are
 * the engine's, what is small and delicate is in double.
 */
final class PrincipalAxes {
  private static final int SPARE = 16;
  private static final int ITERATIONS = 6;

  private final NDManager manager;
  private final NDArray centred;
  private final float[] mean;
  private final int rows;
  private final int values;
  private final double total;

  private PrincipalAxes(NDManager manager, float[] frames, int values) {
    this.manager = manager;
    this.values = values;
    rows = frames.length / values;
    mean = mean(frames, values);
    float[] off = new float[frames.length];
    double square = 0;
    for (int i = 0; i < frames.length; i++) {
      off[i] = frames[i] - mean[i % values];
      square += (double) off[i] * off[i];
    }
    total = square / rows;
    centred = manager.create(off, new Shape(rows, values));
  }

  /**
   * @param frames side by side
   * @param components at most; fewer where there are not twice as many frames
   * @param floor least deviation of what is left
   * @throws TrainingException when the library does not find the axes of a small matrix
   */
  static LinearFrames fit(
      float[] frames, int values, int components, double floor, long seed, NDManager parent)
      throws TrainingException {
    try (NDManager manager = parent.newSubManager()) {
      PrincipalAxes axes = new PrincipalAxes(manager, frames, values);
      int found = Math.max(1, Math.min(Math.min(components, axes.rows / 2), values / 2));
      return axes.iterate(found, floor, new SplittableRandom(seed));
    }
  }

  private static float[] mean(float[] frames, int values) {
    double[] sums = new double[values];
    for (int i = 0; i < frames.length; i++) {
      sums[i % values] += frames[i];
    }
    float[] mean = new float[values];
    for (int i = 0; i < values; i++) {
      mean[i] = (float) (sums[i] * values / frames.length);
    }
    return mean;
  }

  private LinearFrames iterate(int components, double floor, SplittableRandom random)
      throws TrainingException {
    int width = Math.min(Math.min(rows, values), components + SPARE);
    float[] basis = new float[values * width];
    for (int i = 0; i < basis.length; i++) {
      basis[i] = (float) random.nextGaussian();
    }
    for (int iteration = 0; iteration < ITERATIONS; iteration++) {
      basis = orthonormal(covarianceTimes(basis, width), width);
    }
    float[] seen = product(basis, width);
    Eigen small = eigen(gram(seen, width, 1.0 / rows), width);
    double explained = 0;
    float[] mix = new float[width * components];
    for (int axis = 0; axis < components; axis++) {
      explained += Math.max(0, small.value(axis));
      double[] parts = small.axis(axis);
      for (int i = 0; i < width; i++) {
        mix[i * components + axis] = (float) parts[i];
      }
    }
    float[] axes = transposed(mixed(basis, width, mix), components);
    double left = Math.max(0, total - explained) / (values - components);
    return new LinearFrames(mean, axes, Math.max(floor * floor, left));
  }

  /** {@code X'(X Q)}, up to a factor. */
  private float[] covarianceTimes(float[] basis, int width) {
    try (NDManager call = manager.newSubManager()) {
      NDArray seen = rowsTimes(basis, width, call);
      NDArray back = seen.transpose().matMul(centred).transpose();
      return back.toFloatArray();
    }
  }

  /** {@code X Q}. */
  private float[] product(float[] basis, int width) {
    try (NDManager call = manager.newSubManager()) {
      return rowsTimes(basis, width, call).toFloatArray();
    }
  }

  private NDArray rowsTimes(float[] basis, int width, NDManager call) {
    NDArray factor = call.create(basis, new Shape(values, width));
    NDArray seen = centred.matMul(factor);
    seen.attach(call);
    return seen;
  }

  /** Columns of the same span, by the axes of their products with each other. */
  private float[] orthonormal(float[] columns, int width) throws TrainingException {
    Eigen parts = eigen(gram(columns, width, 1), width);
    double most = Math.max(parts.value(0), Double.MIN_NORMAL);
    float[] mix = new float[width * width];
    for (int i = 0; i < width; i++) {
      double square = parts.value(i);
      double factor = square > 1e-13 * most ? 1 / Math.sqrt(square) : 0; // not there: left out
      double[] axis = parts.axis(i);
      for (int j = 0; j < width; j++) {
        mix[j * width + i] = (float) (factor * axis[j]);
      }
    }
    return mixed(columns, width, mix);
  }

  /** Sums of columns, weighted by the columns of the mix. */
  private float[] mixed(float[] columns, int width, float[] mix) {
    try (NDManager call = manager.newSubManager()) {
      NDArray all = call.create(columns, new Shape(columns.length / width, width));
      return all.matMul(call.create(mix, new Shape(width, mix.length / width))).toFloatArray();
    }
  }

  private static float[] transposed(float[] columns, int width) {
    float[] rows = new float[columns.length];
    for (int i = 0; i < columns.length; i++) {
      rows[i % width * (columns.length / width) + i / width] = columns[i];
    }
    return rows;
  }

  private static double[][] gram(float[] columns, int width, double factor) {
    double[][] gram = new double[width][width];
    int length = columns.length / width;
    for (int row = 0; row < length; row++) {
      for (int i = 0; i < width; i++) {
        double value = factor * columns[row * width + i];
        for (int j = i; j < width; j++) {
          gram[i][j] += value * columns[row * width + j];
        }
      }
    }
    for (int i = 0; i < width; i++) {
      for (int j = 0; j < i; j++) {
        gram[i][j] = gram[j][i];
      }
    }
    return gram;
  }

  /** Of a symmetric matrix whose diagonal was raised. */
  private record Eigen(EigenDecomposition parts, double raise) {
    double value(int i) {
      return parts.getRealEigenvalue(i) - raise;
    }

    double[] axis(int i) {
      return parts.getEigenvector(i).toArray();
    }
  }

  private static Eigen eigen(double[][] gram, int width) throws TrainingException {
    try {
      return new Eigen(decomposed(gram), 0);
    } catch (MaxCountExceededException | ArithmeticException e) {
      return raised(gram, width);
    }
  }

  /**
   * The library's iteration ends by the size of the values and fails where most are none, as of
   * frames that differ in a few ways only: all are raised while the axes are sought, which stay the
   * same.
   */
  private static Eigen raised(double[][] gram, int width) throws TrainingException {
    double raise = 0;
    for (int i = 0; i < width; i++) {
      raise += gram[i][i] / width;
    }
    double[][] higher = new double[width][];
    for (int i = 0; i < width; i++) {
      higher[i] = gram[i].clone();
      higher[i][i] += raise;
    }
    try {
      return new Eigen(decomposed(higher), raise);
    } catch (MaxCountExceededException | ArithmeticException e) {
      throw new TrainingException(
          "the principal axes of the frames were not found, the iteration over %s of them did not converge (%s)"
              .formatted(width, e.getMessage()),
          e);
    }
  }

  private static EigenDecomposition decomposed(double[][] gram) {
    return new EigenDecomposition(new Array2DRowRealMatrix(gram, false));
  }
}
