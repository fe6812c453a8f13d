package io.nelbo.model.calibrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.apache.commons.math3.stat.descriptive.DescriptiveStatistics;
import org.junit.jupiter.api.Test;

final class FeatureLossesTest {
  private static final float MISSING = Float.NaN;

  @Test
  void aMissingFeatureAddsWhatItNormallyDoes() {
    FeatureLosses losses = new FeatureLosses(new double[] {-2, 1, 0.5}, new double[] {0, 0, 0});

    double completed = losses.complete(-2 + 0.5, new float[] {7, 0.1f, MISSING, 0.2f}, 1);

    assertThat(completed).isEqualTo(-2 + 0.5 + 1);
  }

  @Test
  void withoutAnyFeatureTheLossIsTheExpectedOne() {
    FeatureLosses losses = new FeatureLosses(new double[] {-2, 1}, new double[] {3, 4});

    assertThat(losses.complete(0, new float[] {MISSING, MISSING}, 0)).isEqualTo(-1);
  }

  /** Chi-squared losses of unlike size, as independent Gaussian features have. */
  @Test
  void theCompletedLossHasTheMeanAndTheSpreadOfAWholeOne() {
    double[] weights = {0.5, 1, 2, 0.7, 1.3, 0.2};
    int rows = 40_000;
    SplittableRandom random = new SplittableRandom(1);
    double[][] samples = new double[weights.length][rows];
    for (int row = 0; row < rows; row++) {
      for (int feature = 0; feature < weights.length; feature++) {
        samples[feature][row] = weights[feature] * Math.pow(random.nextGaussian(), 2) / 2;
      }
    }
    double[][] unsorted = Arrays.stream(samples).map(double[]::clone).toArray(double[][]::new);
    FeatureLosses losses = FeatureLosses.of(samples);

    DescriptiveStatistics whole = new DescriptiveStatistics();
    DescriptiveStatistics completed = new DescriptiveStatistics();
    for (int row = 0; row < rows; row++) {
      double all = 0;
      double observed = 0;
      float[] values = new float[weights.length];
      for (int feature = 0; feature < weights.length; feature++) {
        all += unsorted[feature][row];
        values[feature] = random.nextDouble() < 0.4 ? MISSING : 1;
        observed += Float.isNaN(values[feature]) ? 0 : unsorted[feature][row];
      }
      whole.addValue(all);
      completed.addValue(losses.complete(observed, values, 0));
    }

    assertThat(completed.getMean()).isEqualTo(whole.getMean(), within(0.1));
    assertThat(completed.getStandardDeviation())
        .isEqualTo(whole.getStandardDeviation(), within(0.15 * whole.getStandardDeviation()));
  }

  @Test
  void oneWildLossDoesNotSetTheMean() {
    double[] losses = new double[500];
    Arrays.fill(losses, 1);
    losses[7] = 1e9;

    FeatureLosses of = FeatureLosses.of(new double[][] {losses});

    assertThat(of.mean()[0]).isEqualTo(1, within(1e-9));
    assertThat(of.variance()[0]).isEqualTo(0, within(1e-9));
  }

  @Test
  void refusesWhatIsNoLoss() {
    assertThatThrownBy(() -> new FeatureLosses(new double[] {1, Double.NaN}, new double[2]))
        .hasMessage(
            "featureLosses of feature 1 must be finite and its variance not negative, got NaN and"
                + " 0.0");
    assertThatThrownBy(() -> new FeatureLosses(new double[2], new double[1]))
        .hasMessage("featureLosses needs a mean and a variance per feature, got 2 and 1");
  }
}
