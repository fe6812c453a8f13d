package io.nelbo.model.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DiagonalGaussianTest {
  @Test
  void shiftingAUnitGaussianByOneCostsHalfANat() {
    double kl = DiagonalGaussian.klFromStandardNormal(new float[] {1f}, new float[] {0f});

    assertThat(kl).isEqualTo(0.5, within(1e-12));
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "0.5, -1", "-2, 0.75", "3, -4", "0, 2"})
  void agreesWithTheIntegralThatDefinesIt(float mean, float logVariance) {
    double deviation = Math.exp(logVariance / 2.0);
    double integral = 0;
    int steps = 200_000;
    double width = 24 * deviation / steps;
    for (int i = 0; i < steps; i++) {
      double z = mean + deviation * (-12 + 24 * (i + 0.5) / steps);
      double standard = (z - mean) / deviation;
      double logPosterior =
          -0.5 * standard * standard - Math.log(deviation) - 0.5 * Math.log(2 * Math.PI);
      double logPrior = -0.5 * z * z - 0.5 * Math.log(2 * Math.PI);
      integral += Math.exp(logPosterior) * (logPosterior - logPrior) * width;
    }

    double kl =
        DiagonalGaussian.klFromStandardNormal(new float[] {mean}, new float[] {logVariance});

    assertThat(kl).isEqualTo(integral, within(1e-7));
  }

  @Test
  void addsUpOverDimensions() {
    float[] means = {1f, -2f, 0.5f};
    float[] logVariances = {0f, 1f, -1f};
    double sum = 0;
    for (int i = 0; i < 3; i++) {
      sum +=
          DiagonalGaussian.klFromStandardNormal(
              new float[] {means[i]}, new float[] {logVariances[i]});
    }

    double kl = DiagonalGaussian.klFromStandardNormal(means, logVariances);

    assertThat(kl).isEqualTo(sum, within(1e-12));
  }

  @Test
  void takesRoundingBelowZeroForZero() {
    assertThat(DiagonalGaussian.clamped(-1e-7)).isZero();
    assertThat(DiagonalGaussian.clamped(0.25)).isEqualTo(0.25);
  }

  @Test
  void refusesWhatIsNoRounding() {
    assertThatThrownBy(() -> DiagonalGaussian.clamped(Double.NaN))
        .isInstanceOf(ArithmeticException.class)
        .hasMessage("KL divergence is NaN, expected a number");
    assertThatThrownBy(() -> DiagonalGaussian.clamped(-0.01))
        .isInstanceOf(ArithmeticException.class)
        .hasMessage("KL divergence is -0.01, below -0.001: this is not rounding");
  }
}
