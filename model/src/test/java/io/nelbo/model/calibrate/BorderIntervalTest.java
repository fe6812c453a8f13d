package io.nelbo.model.calibrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class BorderIntervalTest {
  @Test
  void holdsNineteenOfTwentyBordersThatWereSetWithFreshStatistics() {
    int trials = 20_000;
    int calibrated = 199;
    int rows = 1000;
    SplittableRandom random = new SplittableRandom(7);
    long[] counts = new long[trials];
    for (int trial = 0; trial < trials; trial++) {
      double[] held = random.doubles(calibrated).sorted().toArray();
      double border = held[calibrated - 4]; // the fourth largest: 0.02 of 200
      counts[trial] = random.doubles(rows).filter(value -> value > border).count();
    }
    Arrays.sort(counts);

    BorderInterval interval = BorderInterval.of(0.02, calibrated, rows);

    assertThat((double) interval.low()).isCloseTo((double) counts[trials / 40], within(1.0));
    assertThat((double) interval.high())
        .isCloseTo((double) counts[trials - trials / 40], within(2.0));
    double inside = (double) Arrays.stream(counts).filter(interval::contains).count() / trials;
    assertThat(inside).isBetween(0.945, 0.97);
  }

  @Test
  void comesCloseToThePlainBinomialWhenTheBorderIsKnownWell() {
    BorderInterval interval = BorderInterval.of(0.01, 1e9, 10_000);

    assertThat(interval).isEqualTo(new BorderInterval(81, 120));
    assertThat(interval.contains(81)).isTrue();
    assertThat(interval.contains(80)).isFalse();
    assertThat(interval.contains(121)).isFalse();
  }

  @Test
  void isWideWhenTheBorderRestsOnOneStatistic() {
    BorderInterval interval = BorderInterval.of(0.01, 99, 1000);

    // Beta(1, 99): 2.5 % below 0.0003 and above 0.037.
    assertThat(interval.low()).isZero();
    assertThat((double) interval.high()).isCloseTo(37, within(2.0));
  }

  @Test
  void aBorderOnTheLargestOfNMayReallyBeCrossedThriceAsOftenAsAsked() {
    // P(all n statistics lie in the lower 1 - x) = (1 - x)^n.
    double exact = 1 - Math.pow(0.05, 1.0 / 99);

    assertThat(BorderInterval.highestRate(0.01, 99)).isCloseTo(exact, within(1e-9));
    assertThat(BorderInterval.highestRate(0.001, 99)).isCloseTo(exact, within(1e-9));
    assertThat(BorderInterval.highestRate(0.01, 1e7)).isCloseTo(0.01, within(1e-4));
  }

  @Test
  void sumsAMillionRowsWithoutLosingTheTail() {
    BorderInterval interval = BorderInterval.of(0.01, 50_000, 1_000_000);

    // Deviation of the share: sqrt(0.01 x 0.99 x (1 / 50,000 + 1 / 1,000,000)).
    assertThat((double) interval.low()).isCloseTo(10_000 - 1.96 * 456, within(40.0));
    assertThat((double) interval.high()).isCloseTo(10_000 + 1.96 * 456, within(40.0));
  }

  @Test
  void refusesASampleThatSetsNoBorder() {
    assertThatThrownBy(() -> BorderInterval.of(0.001, 500, 1000))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("500.0 independent statistics set no border at a rate of 0.001");
  }
}
