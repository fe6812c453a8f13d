package io.nelbo.model.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class BlockBootstrapTest {
  private final SplittableRandom random = new SplittableRandom(4);

  @Test
  void ofIndependentValuesTheIntervalIsThatOfTheNormalTheory() {
    double[] values = random.doubles(4_000).map(uniform -> uniform * Math.sqrt(12)).toArray();

    Interval interval = BlockBootstrap.mean(values, 1, 1);

    double halfWidth = (interval.upper() - interval.lower()) / 2;
    assertThat(halfWidth).isCloseTo(1.96 / Math.sqrt(4_000), within(0.004));
    assertThat(interval.mean()).isBetween(interval.lower(), interval.upper());
  }

  @Test
  void valuesThatFollowEachOtherCountForLess() {
    double[] walk = new double[4_000];
    for (int i = 1; i < walk.length; i++) {
      walk[i] = 0.9 * walk[i - 1] + random.nextGaussian();
    }

    Interval alone = BlockBootstrap.mean(walk, 1, 1);
    Interval inBlocks = BlockBootstrap.mean(walk, 100, 1);

    // An AR(0.9) series is worth (1 - 0.9) / (1 + 0.9) of its length: 4.4 times as wide.
    assertThat(width(inBlocks) / width(alone)).isBetween(3.0, 5.5);
  }

  @Test
  void theIntervalHoldsTheTruthNineteenTimesInTwenty() {
    int held = 0;
    for (int trial = 0; trial < 200; trial++) {
      double[] values = random.doubles(400).toArray();
      Interval interval = BlockBootstrap.mean(values, 4, trial);
      held += interval.lower() <= 0.5 && 0.5 <= interval.upper() ? 1 : 0;
    }

    assertThat(held).isBetween(180, 199);
  }

  @Test
  void fewValuesGetShortBlocks() {
    Interval interval = BlockBootstrap.mean(new double[] {3}, 32, 1);

    assertThat(interval).isEqualTo(new Interval(3, 3, 3));
  }

  @Test
  void winsorisingPullsInTheOutermostShareOnEitherSide() {
    double[] values = {1000, 1, 2, 3, 4, 5, 6, 7, 8, -1000};

    assertThat(BlockBootstrap.winsorised(values, 0.1))
        .containsExactly(8, 1, 2, 3, 4, 5, 6, 7, 8, 1);
  }

  private static double width(Interval interval) {
    return interval.upper() - interval.lower();
  }
}
