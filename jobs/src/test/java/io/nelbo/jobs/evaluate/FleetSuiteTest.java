package io.nelbo.jobs.evaluate;

import static io.nelbo.jobs.evaluate.TinyBenchmark.figure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.descriptive.SummaryStatistics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class FleetSuiteTest {
  @Test
  void seesShiftsThatPooledScalingCannotSee() throws Exception {
    FleetSuite.Size size = new FleetSuite.Size(6, 2, 400, 400);
    Protocol protocol = new Protocol(TinyBenchmark.QUICK, 0.01, 1, FleetSuite.settings(size));

    SetResult result = TinyBenchmark.evaluate(new FleetSuite(protocol, size), "level-shift");

    Map<String, OptionalDouble> figures = result.bySeed().get(0);
    assertThat(figures)
        .containsOnlyKeys(
            "by_series_auroc",
            "by_series_ap",
            "by_series_alarms_to_promised",
            "by_series_cold_auroc",
            "by_series_cold_ap",
            "by_series_cold_alarms_to_promised",
            "pooled_auroc",
            "pooled_ap",
            "pooled_alarms_to_promised",
            "pooled_cold_auroc",
            "pooled_cold_ap",
            "pooled_cold_alarms_to_promised");
    assertThat(figure(figures, "by_series_auroc"))
        .isGreaterThan(figure(figures, "pooled_auroc") + 0.05);
  }

  @Test
  void devicesDifferInOffsetAndGainAndKeepTheirDynamics() {
    SummaryStatistics centres = new SummaryStatistics();
    for (int device = 0; device < 200; device++) {
      FleetSeries series = new FleetSeries("d", device);
      float[][] rows = series.next(500);
      SummaryStatistics feature = new SummaryStatistics();
      IntStream.range(0, rows.length).forEach(row -> feature.addValue(rows[row][0]));

      double gain = series.deviation(0) / FactorStream.deviation(0);

      assertThat(gain).isBetween(0.3, 3.0);
      assertThat(feature.getStandardDeviation() / series.deviation(0)).isBetween(0.5, 1.6);
      centres.addValue(feature.getMean());
    }
    assertThat(centres.getStandardDeviation() / FactorStream.deviation(0))
        .isCloseTo(10, within(2.0));
  }

  @ParameterizedTest
  @EnumSource(FleetFault.class)
  void plantsOnlyWhereItSays(FleetFault fault) {
    FleetSeries series = new FleetSeries("d", 1);
    float[][] clean = series.next(1000);
    float[][] other = series.next(1000);

    LabelledRows faulty = fault.plant(series, clean, other, new SplittableRandom(1));

    int planted = 0;
    for (int row = 0; row < clean.length; row++) {
      int changed = 0;
      for (int feature = 0; feature < clean[row].length; feature++) {
        changed += clean[row][feature] != faulty.values()[row][feature] ? 1 : 0;
      }
      assertThat(changed).isEqualTo(faulty.anomalous()[row] ? 1 : 0);
      planted += changed;
    }
    assertThat(planted).isEqualTo(fault == FleetFault.SPIKE ? 5 : 100);
    assertThat(FleetFault.named(fault.setName())).isEqualTo(fault);
  }

  @Test
  void shiftsByThreeOwnDeviations() {
    FleetSeries series = new FleetSeries("d", 1);
    float[][] clean = series.next(200);

    LabelledRows faulty =
        FleetFault.LEVEL_SHIFT.plant(series, clean, series.next(200), new SplittableRandom(1));

    for (int row = 0; row < clean.length; row++) {
      double sizes = 0;
      for (int feature = 0; feature < clean[row].length; feature++) {
        sizes +=
            Math.abs(faulty.values()[row][feature] - clean[row][feature])
                / series.deviation(feature);
      }
      assertThat(sizes).isCloseTo(faulty.anomalous()[row] ? 3 : 0, within(1e-3));
    }
  }
}
