package io.nelbo.model.family.vae;

import io.nelbo.model.artifact.LikelihoodSpec;
import io.nelbo.model.artifact.Tensor;
import io.nelbo.model.fit.FitOrder;
import io.nelbo.model.fit.ScaledSpan;
import io.nelbo.model.fit.Windows;
import io.nelbo.model.network.FlatParameters;
import io.nelbo.model.objective.SoftCut;
import io.nelbo.model.score.Expectation;
import java.util.Arrays;
import java.util.List;

/**
 * What a network with a linear path takes from the records before and after its descent: it starts
 * with each feature's own regression on its predecessor, of few windows with a ridge regression on
 * all that is given, and ends with how far records lie from what was to be expected.
 */
final class StreamStart {
  /** Windows that are looked at. */
  private static final int MOST_WINDOWS = 1 << 14;

  private static final int AT_ONCE = 1 << 10;

  /** Of fewer windows a network learns the noise by heart: it gives way to its linear part. */
  private static final int FEW_WINDOWS = 1000;

  /** Of few windows, how often each is seen. */
  private static final int MOST_ROUNDS = 40;

  /** A regression on more values than these takes longer than the descent. */
  private static final int MOST_GIVEN = 600;

  /** Of a feature that never moves. */
  private static final double LEAST_VARIANCE = 1e-4;

  /** Of the variance that the start leaves, since the network will explain some of it. */
  private static final double LEFT_TO_EXPLAIN = 0.5;

  private final FitOrder order;
  private final DenseLayout layout;
  private final LikelihoodSpec likelihood;
  private final SoftCut cut;

  StreamStart(FitOrder order, DenseLayout layout, LikelihoodSpec likelihood) {
    this.order = order;
    this.layout = layout;
    this.likelihood = likelihood;
    cut = PackedWindows.cutOf(likelihood);
  }

  /** How many steps such windows are worth. */
  int steps(int wanted) {
    long rounds = (long) MOST_ROUNDS * order.fit().size() / order.config().descent().batchSize();
    return isOfFew() ? (int) Math.min(wanted, Math.max(MOST_ROUNDS, rounds)) : wanted;
  }

  private boolean isOfFew() {
    return order.fit().size() < FEW_WINDOWS;
  }

  /** Writes the start into drawn parameters. */
  void put(float[] parameters, FlatParameters flat) {
    int features = layout.features();
    double[] slopes = slopes();
    flat.put(
        parameters,
        DenseLayout.LINEAR,
        isOfFew() && layout.givenValues() <= MOST_GIVEN
            ? RidgePath.of(order.span(), order.fit(), layout, cut)
            : diagonal(slopes));
    if (layout.deviation() == DeviationSource.PER_FEATURE) {
      Windows windows = order.fit().thin(MOST_WINDOWS);
      double[] squares = meanSquares(windows, values -> distances(slopes, values));
      float[] rho = new float[features];
      for (int feature = 0; feature < features; feature++) {
        rho[feature] =
            (float) (0.5 * Math.log(LEFT_TO_EXPLAIN * squares[feature] + LEAST_VARIANCE));
      }
      flat.put(parameters, "likelihood.rho", rho);
    }
  }

  /** Each feature on the newest of its own older values. */
  private float[] diagonal(double[] slopes) {
    int given = layout.givenValues();
    int newestOlder = given - layout.context() - layout.columns();
    float[] linear = new float[slopes.length * given];
    for (int feature = 0; feature < slopes.length; feature++) {
      linear[feature * given + newestOlder + feature] = (float) slopes[feature];
    }
    return linear;
  }

  /** Variance of each feature around what this network expects, its floor included. */
  Tensor expectedVariance(DenseScorer scorer) {
    double floor = likelihood.deviationFloor() * likelihood.deviationFloor();
    double[] squares =
        meanSquares(order.fit().thin(MOST_WINDOWS), values -> distances(scorer, values));
    float[] variance = new float[squares.length];
    for (int feature = 0; feature < variance.length; feature++) {
      variance[feature] = (float) (squares[feature] + floor);
    }
    return new Tensor(new int[] {variance.length}, variance);
  }

  private interface Distances {
    /** One array per window, NaN where a feature is missing. */
    double[][] of(float[] windows);
  }

  /** Per feature; beyond the share that is trimmed all count as the last within. */
  private double[] meanSquares(Windows windows, Distances distances) {
    ScaledSpan span = order.span();
    double[][] squares = new double[layout.features()][windows.size()];
    int[] counts = new int[squares.length];
    for (int first = 0; first < windows.size(); first += AT_ONCE) {
      int rows = Math.min(AT_ONCE, windows.size() - first);
      float[] values = new float[rows * span.rowLength()];
      for (int row = 0; row < rows; row++) {
        span.copy(windows, first + row, values, row * span.rowLength());
      }
      for (double[] of : distances.of(values)) {
        for (int feature = 0; feature < squares.length; feature++) {
          if (!Double.isNaN(of[feature])) {
            squares[feature][counts[feature]++] = of[feature] * of[feature];
          }
        }
      }
    }
    double[] means = new double[squares.length];
    Arrays.setAll(means, feature -> mean(Arrays.copyOf(squares[feature], counts[feature])));
    return means;
  }

  private double mean(double[] values) {
    if (values.length == 0) {
      return 1;
    }
    Arrays.sort(values);
    int within =
        Math.min(values.length - 1, (int) ((1 - order.config().data().trim()) * values.length));
    double sum = 0;
    for (int i = 0; i < values.length; i++) {
      sum += values[Math.min(i, within)];
    }
    return sum / values.length;
  }

  /** Least squares through the origin, of what is cut; between 0, none, and 1, persistence. */
  private double[] slopes() {
    Windows windows = order.fit().thin(MOST_WINDOWS);
    float[] window = new float[order.span().rowLength()];
    double[] products = new double[layout.features()];
    double[] squares = new double[layout.features()];
    for (int i = 0; i < windows.size(); i++) {
      order.span().copy(windows, i, window, 0);
      for (int feature = 0; feature < products.length; feature++) {
        double older = older(window, 0, feature);
        double value = cut.cut(window[newest(0) + feature]);
        if (!Double.isNaN(value)) {
          products[feature] += older * value;
          squares[feature] += older * older;
        }
      }
    }
    double[] slopes = new double[products.length];
    Arrays.setAll(
        slopes,
        feature ->
            squares[feature] > 0
                ? Math.max(0, Math.min(1, products[feature] / squares[feature]))
                : 0);
    return slopes;
  }

  private double[][] distances(double[] slopes, float[] windows) {
    double[][] distances = new double[windows.length / layout.rowLength()][layout.features()];
    for (int row = 0; row < distances.length; row++) {
      for (int feature = 0; feature < layout.features(); feature++) {
        distances[row][feature] =
            cut.cut(windows[newest(row) + feature])
                - slopes[feature] * older(windows, row, feature);
      }
    }
    return distances;
  }

  /** The newest of the older records' values that was observed; 0 when none was. */
  private double older(float[] windows, int row, int feature) {
    int first = row * layout.rowLength();
    int older = newest(row) + feature - layout.columns();
    while (older >= first && Float.isNaN(windows[older])) {
      older -= layout.columns();
    }
    return older >= first ? cut.cut(windows[older]) : 0;
  }

  private double[][] distances(DenseScorer scorer, float[] windows) {
    double[][] distances = new double[windows.length / layout.rowLength()][layout.features()];
    List<Expectation> expected = scorer.expect(windows, distances.length);
    for (int row = 0; row < distances.length; row++) {
      int newest = newest(row);
      double[] mean = expected.get(row).mean();
      for (int feature = 0; feature < layout.features(); feature++) {
        distances[row][feature] = cut.cut(windows[newest + feature]) - cut.cut(mean[feature]);
      }
    }
    return distances;
  }

  private int newest(int row) {
    return (row + 1) * layout.rowLength() - layout.columns();
  }
}
