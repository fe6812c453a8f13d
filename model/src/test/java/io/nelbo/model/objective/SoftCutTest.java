package io.nelbo.model.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SoftCutTest {
  private static final SoftCut CUT = new SoftCut(10);

  @ParameterizedTest
  @ValueSource(doubles = {-1e6, -12, -10, -3, 0, 9.5, 10, 11, 1e6})
  void isUndoneAndItsNatsAreTheLogarithmOfItsSlope(double value) {
    double step = 1e-6 * Math.max(1, Math.abs(value));
    double slope = (CUT.cut(value + step) - CUT.cut(value - step)) / (2 * step);

    assertThat(CUT.uncut(CUT.cut(value))).isCloseTo(value, within(1e-9 * (1 + Math.abs(value))));
    assertThat(CUT.nats(value)).isCloseTo(-Math.log(slope), within(1e-4));
  }

  @Test
  void aDensityStaysOne() {
    double sum = 0;
    double step = 1e-3;
    SoftCut cut = new SoftCut(1); // of a standard normal a third lies beyond
    for (double value = -4000; value < 4000; value += step) {
      double g = cut.cut(value);
      sum += step * Math.exp(-0.5 * g * g - cut.nats(value)) / Math.sqrt(2 * Math.PI);
    }

    assertThat(sum).isCloseTo(1, within(1e-4));
  }

  @Test
  void withoutABorderNothingIsCutAndWhatIsMissingStaysSo() {
    assertThat(SoftCut.NONE.cut(1e30)).isEqualTo(1e30);
    assertThat(SoftCut.NONE.nats(-1e30)).isZero();
    assertThat(CUT.cut(Double.NaN)).isNaN();
    assertThat(CUT.nats(new float[] {99, Float.NaN, 11, 5}, 1, 3))
        .isCloseTo(Math.log(2), within(1e-12));
  }
}
