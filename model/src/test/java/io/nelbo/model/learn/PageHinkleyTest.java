package io.nelbo.model.learn;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class PageHinkleyTest {
  @Test
  void whatStaysWithinTheToleratedDeviationIsNoDriftHoweverLong() {
    PageHinkley test = PageHinkley.START;

    for (int value = 0; value < 10_000; value++) {
      test = test.after(0.14, 0.1);
    }

    assertThat(test.isDrift()).isFalse();
    assertThat(test.over()).isZero();
  }

  @Test
  void oneValueCountsForNoMoreThanTheThreshold() {
    PageHinkley test = after(1e9);

    assertThat(test.over()).isZero();
  }

  @Test
  void theThirdValueInARowAboveTheThresholdIsDrift() {
    assertThat(after(0.35, 0.35, 0.35).isDrift()).isFalse();
    assertThat(after(0.35, 0.35, 0.35, 0.35).isDrift()).isTrue();
  }

  @Test
  void aFallBelowTheThresholdStartsTheCountAnew() {
    assertThat(after(0.35, 0.35, 0.35, -1, 0.35).over()).isZero();
  }

  @Test
  void afterALongFallTheLeastIsWhereTheRiseBegins() {
    PageHinkley test = after(-1, -1, -1, 0.4, 0.4, 0.4, 0.4);

    assertThat(test.isDrift()).isTrue();
  }

  /** Where nothing is expected. */
  private static PageHinkley after(double... values) {
    PageHinkley test = PageHinkley.START;
    for (double value : values) {
      test = test.after(value, 0);
    }
    return test;
  }
}
