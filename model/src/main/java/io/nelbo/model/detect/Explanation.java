package io.nelbo.model.detect;

import io.nelbo.model.record.RecordColumns;
import io.nelbo.model.record.WindowShape;
import io.nelbo.model.scale.Scaler;
import io.nelbo.model.score.Attribution;
import io.nelbo.model.score.DeviceScorer;
import io.nelbo.model.score.Expectation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/**
 * Finds the features to blame by masked re-encoding.
 *
 * <p>A faulty feature pulls the whole reconstruction towards itself, so plain reconstruction loss
 * blames its neighbours too. Hence the features furthest off are hidden, the window is encoded
 * again without them, and what is still beyond three standard deviations is hidden next. In one
 * round only those at least half as far off as the worst are hidden: the rest may be smear.
 */
final class Explanation {
  private static final double FAR = 3;

  /** Keeps squares finite where a value is beyond all measure. */
  private static final double FARTHEST = 1e100;

  /** In scaled units; by measurement, see RATIONALE.md. */
  private static final double LEAST_DEVIATION = 0.3;

  private static final double OF_WORST = 0.5;
  private static final int MOST_ROUNDS = 4;

  private final List<String> featureNames;
  private final int columns;
  private final Scaler scaler;
  private final DeviceScorer scorer;

  /**
   * @param window whose newest record's features are blamed; context is never hidden, and a frame's
   *     pixels are no features that could be named
   */
  Explanation(WindowShape window, Scaler scaler, DeviceScorer scorer) {
    featureNames = window.record() instanceof RecordColumns named ? named.features() : List.of();
    columns = window.columns();
    this.scaler = scaler;
    this.scorer = scorer;
  }

  List<String> featureNames() {
    return featureNames;
  }

  /**
   * Explains several windows at once; each result depends on its own window alone.
   *
   * @param series of each window
   * @param windows scaled, one after the other, oldest record first
   * @param raw features of the newest records, one after the other
   */
  List<List<Attribution>> explain(List<String> series, float[] windows, float[] raw, int most) {
    int rows = series.size();
    if (featureNames.isEmpty()) {
      return Collections.nCopies(rows, List.of());
    }
    int rowLength = windows.length / rows;
    float[] visible = windows.clone();
    List<Expectation> expected = scorer.call(on -> on.expect(visible, rows));
    for (int round = 0; round < MOST_ROUNDS && hideWorst(visible, rowLength, expected); round++) {
      expected = scorer.call(on -> on.expect(visible, rows));
    }
    List<List<Attribution>> explanations = new ArrayList<>(rows);
    int features = featureNames.size();
    for (int row = 0; row < rows; row++) {
      explanations.add(
          attributions(
              series.get(row),
              newestFeatures(windows, row, rowLength),
              Arrays.copyOfRange(raw, row * features, (row + 1) * features),
              expected.get(row),
              most));
    }
    return explanations;
  }

  private float[] newestFeatures(float[] windows, int row, int rowLength) {
    int newest = (row + 1) * rowLength - columns;
    return Arrays.copyOfRange(windows, newest, newest + featureNames.size());
  }

  private List<Attribution> attributions(
      String series, float[] scaled, float[] raw, Expectation expected, int most) {
    int features = featureNames.size();
    double[] shares = shares(scaled, expected);
    List<Attribution> attributions = new ArrayList<>();
    for (int feature = 0; feature < features; feature++) {
      attributions.add(
          new Attribution(
              featureNames.get(feature),
              shares[feature],
              raw[feature],
              scaler.toRaw(series, feature, expected.mean()[feature]),
              expected.standardDeviation()[feature] * scaler.scaleOf(series, feature)));
    }
    attributions.sort(Comparator.comparingDouble(Attribution::share).reversed());
    return List.copyOf(attributions.subList(0, Math.min(most, features)));
  }

  /**
   * Each feature's part of the squared deviations from what was expected. A deviation is measured
   * against no less than {@link #LEAST_DEVIATION}: a feature that follows its neighbours closely
   * would otherwise take the blame for a step that is small among its own.
   */
  private static double[] shares(float[] scaled, Expectation expected) {
    double[] squares = new double[scaled.length];
    for (int feature = 0; feature < scaled.length; feature++) {
      double off = scaled[feature] - expected.mean()[feature];
      double deviation = Math.hypot(expected.standardDeviation()[feature], LEAST_DEVIATION);
      double far = Double.isNaN(off) ? 0 : Math.min(Math.abs(off) / deviation, FARTHEST);
      squares[feature] = far * far;
    }
    return normalised(squares);
  }

  private static double[] normalised(double[] values) {
    double total = Arrays.stream(values).sum();
    return total > 0 ? Arrays.stream(values).map(value -> value / total).toArray() : values;
  }

  /** Hides in each window the visible features that are furthest off; false when none is. */
  private boolean hideWorst(float[] visible, int rowLength, List<Expectation> expected) {
    boolean hidden = false;
    for (int row = 0; row < expected.size(); row++) {
      int newest = (row + 1) * rowLength - columns;
      hidden |= hideWorst(visible, newest, expected.get(row));
    }
    return hidden;
  }

  /** False when none is beyond the border, or it is the last. */
  private boolean hideWorst(float[] visible, int newest, Expectation expected) {
    int features = featureNames.size();
    double worst = 0;
    int remaining = 0;
    for (int feature = 0; feature < features; feature++) {
      double far = distance(visible[newest + feature], expected, feature);
      if (!Double.isNaN(far)) {
        worst = Math.max(worst, far);
        remaining++;
      }
    }
    if (worst <= FAR) {
      return false;
    }
    boolean hidden = false;
    for (int feature = 0; feature < features && remaining > 1; feature++) {
      double far = distance(visible[newest + feature], expected, feature);
      if (far > FAR && far >= OF_WORST * worst) {
        visible[newest + feature] = Float.NaN;
        remaining--;
        hidden = true;
      }
    }
    return hidden;
  }

  private static double distance(float value, Expectation expected, int feature) {
    double far = Math.abs(value - expected.mean()[feature]) / expected.standardDeviation()[feature];
    return Double.isNaN(far) ? far : Math.min(far, FARTHEST);
  }
}
