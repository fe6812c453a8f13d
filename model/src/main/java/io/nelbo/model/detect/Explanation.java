package io.nelbo.model.detect;

import io.nelbo.model.scale.Scaler;
import io.nelbo.model.score.Attribution;
import io.nelbo.model.score.Expectation;
import io.nelbo.model.score.Scorer;
import java.util.ArrayList;
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
  private static final double OF_WORST = 0.5;
  private static final int MOST_ROUNDS = 4;

  private final List<String> featureNames;
  private final Scaler scaler;
  private final Scorer scorer;

  Explanation(List<String> featureNames, Scaler scaler, Scorer scorer) {
    this.featureNames = featureNames;
    this.scaler = scaler;
    this.scorer = scorer;
  }

  /**
   * @param window scaled, oldest record first
   * @param raw the newest record
   */
  List<Attribution> explain(String series, float[] window, float[] raw, int most) {
    int features = featureNames.size();
    int newest = window.length - features;
    float[] visible = window.clone();
    Expectation expected = scorer.expect(visible);
    for (int round = 0; round < MOST_ROUNDS && hideWorst(visible, newest, expected); round++) {
      expected = scorer.expect(visible);
    }
    double[] excess = new double[features];
    double total = 0;
    for (int feature = 0; feature < features; feature++) {
      double far = distance(window[newest + feature], expected, feature);
      // A normal value costs half a nat on average; only the loss above it is to blame.
      excess[feature] = Double.isNaN(far) ? 0 : Math.max(0, 0.5 * (far * far - 1));
      total += excess[feature];
    }
    List<Attribution> attributions = new ArrayList<>();
    for (int feature = 0; feature < features; feature++) {
      attributions.add(
          new Attribution(
              featureNames.get(feature),
              total > 0 ? excess[feature] / total : 0,
              raw[feature],
              scaler.toRaw(series, feature, expected.mean()[feature]),
              expected.standardDeviation()[feature] * scaler.scaleOf(series, feature)));
    }
    attributions.sort(Comparator.comparingDouble(Attribution::share).reversed());
    return List.copyOf(attributions.subList(0, Math.min(most, features)));
  }

  /** Hides the visible features that are furthest off; false when none is, or it is the last. */
  private static boolean hideWorst(float[] visible, int newest, Expectation expected) {
    int features = visible.length - newest;
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
    return Math.abs(value - expected.mean()[feature]) / expected.standardDeviation()[feature];
  }
}
