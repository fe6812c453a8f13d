package io.nelbo.model.calibrate;

import static io.nelbo.model.Preconditions.requireArgument;

import java.util.Arrays;

/**
 * What each feature normally adds to the reconstruction loss, so that a record with missing
 * features is judged like a whole one.
 *
 * @param mean per feature, in nats
 * @param variance per feature, in squared nats
 */
@SuppressWarnings("ArrayRecordComponent") // a table, never compared as a record
public record FeatureLosses(double[] mean, double[] variance) {
  /** What lies beyond this share of the losses counts as much as the last within. */
  private static final double WITHIN = 0.99;

  public FeatureLosses {
    requireArgument(
        mean.length == variance.length && mean.length > 0,
        "featureLosses needs a mean and a variance per feature, got %s and %s",
        mean.length,
        variance.length);
    for (int feature = 0; feature < mean.length; feature++) {
      requireArgument(
          Double.isFinite(mean[feature])
              && Double.isFinite(variance[feature])
              && variance[feature] >= 0,
          "featureLosses of feature %s must be finite and its variance not negative, got %s and %s",
          feature,
          mean[feature],
          variance[feature]);
    }
  }

  /**
   * Of held-out windows.
   *
   * @param losses per feature those of the windows where it was observed, in any order; sorted here
   */
  public static FeatureLosses of(double[][] losses) {
    double[] mean = new double[losses.length];
    double[] variance = new double[losses.length];
    for (int feature = 0; feature < losses.length; feature++) {
      double[] sorted = losses[feature];
      Arrays.sort(sorted);
      int count = sorted.length;
      int within = Math.min(count - 1, (int) (WITHIN * count));
      double square = 0;
      for (int i = 0; i < count; i++) {
        mean[feature] += sorted[Math.min(i, within)] / count;
      }
      for (int i = 0; i < count; i++) {
        double difference = sorted[Math.min(i, within)] - mean[feature];
        square += difference * difference / count;
      }
      variance[feature] = square;
    }
    return new FeatureLosses(mean, variance);
  }

  /**
   * The loss as if every feature had been observed: a missing one adds its mean, and the deviation
   * of the observed ones from theirs is widened to that of all, so that fewer terms look neither
   * more nor less normal. Takes the features' losses as independent.
   *
   * @param observedLoss summed over the observed features
   * @param scaled holds the features from {@code offset} on, NaN where missing
   */
  public double complete(double observedLoss, float[] scaled, int offset) {
    double expected = 0;
    double expectedOfObserved = 0;
    double spread = 0;
    double spreadOfObserved = 0;
    for (int feature = 0; feature < mean.length; feature++) {
      expected += mean[feature];
      spread += variance[feature];
      if (!Float.isNaN(scaled[offset + feature])) {
        expectedOfObserved += mean[feature];
        spreadOfObserved += variance[feature];
      }
    }
    double widened = spreadOfObserved > 0 ? Math.sqrt(spread / spreadOfObserved) : 1;
    return expected + widened * (observedLoss - expectedOfObserved);
  }
}
