package io.nelbo.jobs.replay.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class EventMetricsTest {

  @Test
  void anEventCountsOnceHoweverManyAlarmsOverlapIt() {
    boolean[] anomalous = flags("..####....##...#");
    boolean[] alarmed = flags(".##.#..#.......#");

    EventMetrics metrics = EventMetrics.of(alarmed, anomalous);

    assertThat(metrics).isEqualTo(new EventMetrics(3, 2, 1));
    assertThat(metrics.precision()).isCloseTo(2 / 3.0, within(1e-12));
    assertThat(metrics.recall()).isCloseTo(2 / 3.0, within(1e-12));
    assertThat(metrics.f1()).isCloseTo(2 / 3.0, within(1e-12));
  }

  @Test
  void silenceFindsNothingAndIsNeverFalse() {
    EventMetrics metrics = EventMetrics.of(flags("...."), flags(".##."));

    assertThat(metrics).isEqualTo(new EventMetrics(1, 0, 0));
    assertThat(metrics.f1()).isZero();
  }

  @Test
  void runsReachFromTheFirstRowToTheLast() {
    assertThat(RowRange.runsOf(flags("##..#.#")))
        .containsExactly(new RowRange(0, 1), new RowRange(4, 4), new RowRange(6, 6));
    assertThat(RowRange.runsOf(flags(""))).isEmpty();
  }

  @Test
  void pointAdjustmentTurnsOneHitIntoAWholeEvent() {
    boolean[] anomalous = flags(".####..##.");
    double[] scores = {0, 1, 9, 2, 1, 3, 0, 4, 2, 0};

    double[] adjusted = MisleadingPointAdjustment.adjust(scores, anomalous);

    assertThat(adjusted).containsExactly(0, 9, 9, 9, 9, 3, 0, 4, 4, 0);
    assertThat(BorderMetrics.atBorder(adjusted, anomalous, 5).recall())
        .isCloseTo(4 / 6.0, within(1e-12));
  }

  @Test
  void pointAdjustmentFlattersARandomScore() {
    SplittableRandom random = new SplittableRandom(3);
    boolean[] anomalous = new boolean[5000];
    Arrays.fill(anomalous, 1000, 1250, true);
    double[] scores = random.doubles(5000).toArray();

    double honest = BorderMetrics.bestF1(scores, anomalous).orElseThrow().confusion().f1();
    double adjusted =
        BorderMetrics.bestF1(MisleadingPointAdjustment.adjust(scores, anomalous), anomalous)
            .orElseThrow()
            .confusion()
            .f1();

    assertThat(honest).isLessThan(0.15);
    assertThat(adjusted).isGreaterThan(0.8);
  }

  private static boolean[] flags(String drawing) {
    boolean[] flags = new boolean[drawing.length()];
    for (int row = 0; row < flags.length; row++) {
      flags[row] = drawing.charAt(row) == '#';
    }
    return flags;
  }
}
