package io.nelbo.jobs.replay.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RankingMetricsTest {
  private static final boolean T = true;
  private static final boolean F = false;

  @Test
  void theAreaUnderTheRocCurveIsTheShareOfPairsInOrder() {
    double[] scores = {0.1, 0.4, 0.35, 0.8};
    boolean[] anomalous = {F, F, T, T};

    // pairs in order: (0.35, 0.1), (0.8, 0.1), (0.8, 0.4); not (0.35, 0.4)
    assertThat(RankingMetrics.auroc(scores, anomalous)).hasValue(0.75);
  }

  @Test
  void averagePrecisionSumsPrecisionAtEveryAnomaly() {
    double[] scores = {0.1, 0.4, 0.35, 0.8};
    boolean[] anomalous = {F, F, T, T};

    // precision 1 at the first anomaly, 2 of 3 at the second
    assertThat(RankingMetrics.averagePrecision(scores, anomalous).orElseThrow())
        .isCloseTo(0.5 * 1 + 0.5 * 2 / 3, within(1e-12));
  }

  @Test
  void tiesCountHalfInTheRocCurveAndTogetherInPrecision() {
    double[] scores = {1, 1, 1, 0};
    boolean[] anomalous = {T, F, F, F};

    assertThat(RankingMetrics.auroc(scores, anomalous).orElseThrow())
        .isCloseTo((0.5 + 0.5 + 1) / 3, within(1e-12));
    assertThat(RankingMetrics.averagePrecision(scores, anomalous).orElseThrow())
        .isCloseTo(1 / 3.0, within(1e-12));
  }

  @Test
  void aConstantScoreIsWorthAsMuchAsChance() {
    double[] scores = new double[10];
    boolean[] anomalous = {T, F, F, F, F, T, F, F, F, F};

    assertThat(RankingMetrics.auroc(scores, anomalous)).hasValue(0.5);
    assertThat(RankingMetrics.averagePrecision(scores, anomalous)).hasValue(0.2);
  }

  @Test
  void equalLabelsHaveNoRanking() {
    assertThat(RankingMetrics.auroc(new double[] {1, 2}, new boolean[] {F, F})).isEmpty();
    assertThat(RankingMetrics.auroc(new double[] {1, 2}, new boolean[] {T, T})).isEmpty();
    assertThat(RankingMetrics.averagePrecision(new double[] {1, 2}, new boolean[] {F, F}))
        .isEmpty();
    assertThat(RankingMetrics.averagePrecision(new double[] {1, 2}, new boolean[] {T, T}))
        .isEmpty();
    assertThat(RankingMetrics.auroc(new double[0], new boolean[0])).isEmpty();
  }

  @Test
  void infiniteScoresRankAndNaNIsRefused() {
    double[] scores = {Double.NEGATIVE_INFINITY, 0, Double.POSITIVE_INFINITY};

    assertThat(RankingMetrics.auroc(scores, new boolean[] {F, F, T})).hasValue(1);
    assertThatThrownBy(
            () -> RankingMetrics.auroc(new double[] {0, Double.NaN}, new boolean[] {F, T}))
        .hasMessage("score 1 must be a number, got NaN");
    assertThatThrownBy(() -> RankingMetrics.auroc(scores, new boolean[] {F}))
        .hasMessage("scores and labels must have the same length, got 3 and 1");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void theRocAreaAgreesWithCountingEveryPair(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] scores = random.ints(200, 0, 30).asDoubleStream().toArray();
    boolean[] anomalous = new boolean[200];
    for (int index = 0; index < 200; index++) {
      anomalous[index] = random.nextInt(4) == 0;
    }

    assertThat(RankingMetrics.auroc(scores, anomalous).orElseThrow())
        .as("seed %s", seed)
        .isCloseTo(pairsInOrder(scores, anomalous), within(1e-12));
  }

  private static double pairsInOrder(double[] scores, boolean[] anomalous) {
    double inOrder = 0;
    double pairs = 0;
    for (int anomaly = 0; anomaly < scores.length; anomaly++) {
      for (int normal = 0; normal < scores.length; normal++) {
        if (anomalous[anomaly] && !anomalous[normal]) {
          inOrder += (Math.signum(scores[anomaly] - scores[normal]) + 1) / 2;
          pairs++;
        }
      }
    }
    return inOrder / pairs;
  }
}
