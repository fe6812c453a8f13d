package io.nelbo.model.family.vae;

import io.nelbo.model.fit.ScaledSpan;
import io.nelbo.model.fit.Windows;
import io.nelbo.model.objective.SoftCut;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.CholeskyDecomposition;
import org.apache.commons.math3.linear.RealMatrix;

/**
 * The linear path in closed form, by ridge regression of the newest record on what is given (Hoerl
 * and Kennard 1970): {@code (C'C + lambda I)^-1 C'X}, with {@code lambda = 0.3 sqrt(n)}. For few
 * windows, of which a descent would learn the noise by heart.
 */
final class RidgePath {
  private static final double STRENGTH = 0.3;

  private RidgePath() {}

  /**
   * @return {@code [features, givenValues]}, row after row
   */
  static float[] of(ScaledSpan span, Windows windows, DenseLayout layout, SoftCut cut) {
    int features = layout.features();
    int given = layout.givenValues();
    RealMatrix squares = new Array2DRowRealMatrix(given, given);
    RealMatrix products = new Array2DRowRealMatrix(given, features);
    float[] window = new float[span.rowLength()];
    double[] values = new double[window.length];
    for (int i = 0; i < windows.size(); i++) {
      span.copy(windows, i, window, 0);
      fill(window, layout.columns(), cut, values);
      for (int row = 0; row < given; row++) {
        double of = given(values, row, layout);
        for (int column = 0; of != 0 && column < given; column++) {
          squares.addToEntry(row, column, of * given(values, column, layout));
        }
        for (int feature = 0; of != 0 && feature < features; feature++) {
          int newest = window.length - layout.columns() + feature;
          products.addToEntry(row, feature, of * values[newest]);
        }
      }
    }
    double lambda = STRENGTH * Math.sqrt(windows.size());
    for (int row = 0; row < given; row++) {
      squares.addToEntry(row, row, lambda);
    }
    RealMatrix solved = new CholeskyDecomposition(squares).getSolver().solve(products);
    float[] path = new float[features * given];
    for (int feature = 0; feature < features; feature++) {
      for (int row = 0; row < given; row++) {
        path[feature * given + row] = (float) solved.getEntry(row, feature);
      }
    }
    return path;
  }

  /** Cut values, a missing one as the one before it, or 0. */
  private static void fill(float[] window, int columns, SoftCut cut, double[] values) {
    for (int i = 0; i < window.length; i++) {
      double before = i < columns ? 0 : values[i - columns];
      values[i] = Float.isNaN(window[i]) ? before : cut.cut(window[i]);
    }
  }

  /** The older records come first, then the newest record's context. */
  private static double given(double[] values, int index, DenseLayout layout) {
    int older = layout.givenValues() - layout.context();
    return index < older ? values[index] : values[index + layout.features()];
  }
}
