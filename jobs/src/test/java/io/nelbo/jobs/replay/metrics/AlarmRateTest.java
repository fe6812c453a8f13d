package io.nelbo.jobs.replay.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class AlarmRateTest {
  @Test
  void aPValueAtTheBorderAlarms() {
    AlarmRate rate =
        AlarmRate.measure(new double[] {0.5, 0.1, 0.3, 0.7}, new double[] {0.3}).get(0);

    assertThat(rate.measured()).isEqualTo(0.5);
    assertThat(rate.rows()).isEqualTo(4);
  }

  @Test
  void theBandIsTheBinomialOne() {
    AlarmRate rate = AlarmRate.measure(new double[100], new double[] {0.5}).get(0);

    // Of 100 fair coins, 40 to 60 show heads in at least 95 % of cases.
    assertThat(rate.low()).isEqualTo(0.4, within(1e-12));
    assertThat(rate.high()).isEqualTo(0.6, within(1e-12));
  }

  @Test
  void uniformPValuesKeepTheAskedRates() {
    SplittableRandom random = new SplittableRandom(11);
    double[] pValues = random.doubles(100_000).toArray();

    assertThat(AlarmRate.measure(pValues, new double[] {0.5, 0.1, 0.01, 0.001}))
        .allSatisfy(rate -> assertThat(rate.measured()).isBetween(rate.low(), rate.high()));
  }

  @Test
  void nothingToMeasureIsRefused() {
    assertThatThrownBy(() -> AlarmRate.measure(new double[0], new double[] {0.1}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("there must be at least one p-value");
  }
}
