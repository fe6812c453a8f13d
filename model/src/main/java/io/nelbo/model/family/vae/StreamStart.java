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
 * at persistence, that is with the newest of the older records as the mean of the next, and ends
 * with how far records lie from what was to be expected.
 */
final class StreamStart {
  /** Windows that are looked at. */
  private static final int MOST_WINDOWS = 1 << 14;

  private static final int AT_ONCE = 1 << 10;

  /** Of a feature that never moves. */
  private static final double LEAST_VARIANCE = 1e-4;

  /** Of the variance under persistence, since the network will explain some of it. */
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

  /** Writes the start into drawn parameters. */
  void put(float[] parameters, FlatParameters flat) {
    int features = layout.features();
    int given = layout.givenValues();
    float[] persistence = new float[features * given];
    int newestOlder = given - layout.context() - layout.columns();
    for (int feature = 0; feature < features; feature++) {
      persistence[feature * given + newestOlder + feature] = 1;
    }
    flat.put(parameters, DenseLayout.LINEAR, persistence);
    if (layout.deviation() == DeviationSource.PER_FEATURE) {
      double[] squares = meanSquares(order.fit().thin(MOST_WINDOWS), this::distancesFromOlder);
      float[] rho = new float[features];
      for (int feature = 0; feature < features; feature++) {
        rho[feature] =
            (float) (0.5 * Math.log(LEFT_TO_EXPLAIN * squares[feature] + LEAST_VARIANCE));
      }
      flat.put(parameters, "likelihood.rho", rho);
    }
  }

  /** Variance of each feature around what this network expects, its floor included. */
  Tensor expectedVariance(DenseScorer scorer) {
    double floor = likelihood.deviationFloor() * likelihood.deviationFloor();
    double[] squares =
        meanSquares(order.fit().thin(MOST_WINDOWS), windows -> distances(scorer, windows));
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

  private double[][] distancesFromOlder(float[] windows) {
    double[][] distances = new double[windows.length / layout.rowLength()][layout.features()];
    for (int row = 0; row < distances.length; row++) {
      int newest = newest(row);
      for (int feature = 0; feature < layout.features(); feature++) {
        int older = newest + feature - layout.columns();
        while (older >= row * layout.rowLength() && Float.isNaN(windows[older])) {
          older -= layout.columns();
        }
        double expected = older >= row * layout.rowLength() ? cut.cut(windows[older]) : 0;
        distances[row][feature] = cut.cut(windows[newest + feature]) - expected;
      }
    }
    return distances;
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
