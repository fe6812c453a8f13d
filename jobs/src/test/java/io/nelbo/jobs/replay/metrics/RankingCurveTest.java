package io.nelbo.jobs.replay.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.nelbo.jobs.replay.metrics.RankingCurve.Point;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class RankingCurveTest {
  @Test
  void everyDistinctScoreIsABorder() {
    double[] scores = {4, 3, 3, 1};
    boolean[] anomalous = {true, true, false, false};

    RankingCurve curve = RankingCurve.of(scores, anomalous).orElseThrow();

    assertThat(curve.points())
        .containsExactly(
            new Point(4, 0, 0.5, 1), new Point(3, 0.5, 1, 2 / 3.0), new Point(1, 1, 1, 0.5));
  }

  @Test
  void equalLabelsHaveNoCurve() {
    assertThat(RankingCurve.of(new double[] {1, 2}, new boolean[2])).isEmpty();
  }

  @Test
  void aThinnedCurveKeepsItsShapeAndItsEnd() {
    SplittableRandom random = new SplittableRandom(3);
    boolean[] anomalous = new boolean[20_000];
    double[] scores = new double[anomalous.length];
    for (int row = 0; row < scores.length; row++) {
      anomalous[row] = row % 10 == 0;
      scores[row] = random.nextGaussian() + (anomalous[row] ? 2 : 0);
    }
    RankingCurve curve = RankingCurve.of(scores, anomalous).orElseThrow();

    RankingCurve thinned = curve.thinned(200);

    assertThat(thinned.points()).hasSizeLessThan(500);
    assertThat(thinned.points().get(0)).isEqualTo(curve.points().get(0));
    assertThat(last(thinned)).isEqualTo(last(curve));
    assertThat(area(thinned)).isEqualTo(area(curve), within(0.005));
  }

  private static Point last(RankingCurve curve) {
    return curve.points().get(curve.points().size() - 1);
  }

  private static double area(RankingCurve curve) {
    List<Point> points = curve.points();
    double[] parts = new double[points.size()];
    for (int i = 1; i < parts.length; i++) {
      Point before = points.get(i - 1);
      Point here = points.get(i);
      parts[i] =
          (here.falsePositiveRate() - before.falsePositiveRate())
              * (here.recall() + before.recall())
              / 2;
    }
    return Arrays.stream(parts).sum();
  }
}
