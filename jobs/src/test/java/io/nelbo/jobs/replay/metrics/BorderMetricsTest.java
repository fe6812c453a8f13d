package io.nelbo.jobs.replay.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BorderMetricsTest {
  private static final boolean T = true;
  private static final boolean F = false;
  private static final double[] SCORES = {0.9, 0.8, 0.7, 0.6, 0.5, 0.4};
  private static final boolean[] LABELS = {T, F, T, T, F, F};

  @Test
  void countsWhatABorderFindsAndMisses() {
    Confusion confusion = BorderMetrics.atBorder(SCORES, LABELS, 0.7);

    assertThat(confusion).isEqualTo(new Confusion(2, 1, 1, 2));
    assertThat(confusion.precision()).isCloseTo(2 / 3.0, within(1e-12));
    assertThat(confusion.recall()).isCloseTo(2 / 3.0, within(1e-12));
    assertThat(confusion.f1()).isCloseTo(2 / 3.0, within(1e-12));
  }

  @Test
  void theBestBorderIsFoundAmongTheScores() {
    BorderMetrics.Best best = BorderMetrics.bestF1(SCORES, LABELS).orElseThrow();

    assertThat(best.border()).isEqualTo(0.6);
    assertThat(best.confusion()).isEqualTo(new Confusion(3, 1, 0, 2));
    assertThat(best.confusion().f1()).isCloseTo(6 / 7.0, within(1e-12));
  }

  @Test
  void withoutAnomaliesThereIsNoBestBorder() {
    assertThat(BorderMetrics.bestF1(new double[] {1, 2}, new boolean[] {F, F})).isEmpty();
  }

  @Test
  void withoutAlarmsPrecisionAndRecallAreZero() {
    Confusion confusion = BorderMetrics.atBorder(SCORES, LABELS, 1);

    assertThat(confusion.precision()).isZero();
    assertThat(confusion.recall()).isZero();
    assertThat(confusion.f1()).isZero();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void noBorderIsBetterThanTheBest(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] scores = random.ints(300, 0, 40).asDoubleStream().toArray();
    boolean[] labels = new boolean[300];
    for (int row = 0; row < 300; row++) {
      labels[row] = random.nextDouble() < scores[row] / 60;
    }

    double best = BorderMetrics.bestF1(scores, labels).orElseThrow().confusion().f1();

    double tried = 0;
    for (int border = -1; border <= 41; border++) {
      tried = Math.max(tried, BorderMetrics.atBorder(scores, labels, border).f1());
    }
    assertThat(best).as("seed %s", seed).isEqualTo(tried);
  }
}
