package io.nelbo.jobs.evaluate;

import static io.nelbo.jobs.evaluate.TinyBenchmark.figure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CalibrationSuiteTest {
  @TempDir private Path folder;

  @Test
  void countsAlarmsOnTheNormalRowsOfTablesAndPoolsTheSuitableOnes() throws Exception {
    Path data = folder.resolve("data");
    TinyBenchmark.gzip(
        data.resolve("large.csv.gz"), "f0,f1,label", TinyBenchmark.labelledLines(1, 8000, 50));
    TinyBenchmark.gzip(
        data.resolve("small.csv.gz"), "f0,f1,label", TinyBenchmark.labelledLines(2, 300, 50));

    EvaluationReport report =
        TinyBenchmark.evaluate(
            chosen(Optional.of(data), folder.resolve("out"), List.of("large", "sm*")));

    Map<String, OptionalDouble> large = report.sets().getOrDefault("large", Map.of());
    assertThat(report.sets()).containsOnlyKeys("large", "small");
    assertThat(figure(large, "rows")).isEqualTo(3975);
    assertThat(figure(large, "in_force_0.01")).isEqualTo(0.01);
    assertThat(figure(large, "ratio_0.01")).isBetween(0.3, 3.0);
    assertThat(figure(large, "alarms_0.01"))
        .isCloseTo(figure(large, "ratio_0.01") * 39.75, within(1e-9));
    assertThat(figure(large, "low_0.01")).isLessThan(figure(large, "high_0.01"));
    assertThat(figure(report.sets(), "small", "suitable_0.01")).isZero();
    assertThat(report.sets().getOrDefault("small", Map.of()))
        .containsEntry("inside_0.01", OptionalDouble.empty());
    assertThat(figure(report.mean(), "suitable_0.01")).isEqualTo(0.5);
    assertThat(figure(report.mean(), "ratio_0.01")).isEqualTo(figure(large, "ratio_0.01"));
    assertThat(report.mean()).containsEntry("ratio_0.001", OptionalDouble.empty());
    assertThat(report.notes())
        .anyMatch(note -> note.startsWith("small: 1 of 1 models are not suitable to judge 0.01"));
  }

  @Test
  void measuresStreamsOfTheirOwnWithoutAFolder() throws Exception {
    StreamCase calm = StreamCase.of("independent", 0, 1, 2000, 12_000, 2, false);
    StreamCase retrained = StreamCase.of("retrainings", 0.9, 4, 1000, 300, 3, true);
    CalibrationSuite suite = suite(calm, retrained);

    Map<String, OptionalDouble> ofCalm =
        TinyBenchmark.evaluate(suite, "independent-2000-window-1").bySeed().get(0);
    SetResult ofRetrained = TinyBenchmark.evaluate(suite, "retrainings-1000-window-4");

    assertThat(suite.sets()).containsExactly(calm.name(), retrained.name());
    assertThat(figure(ofCalm, "rows")).isEqualTo(24_000);
    assertThat(figure(ofCalm, "ratio_0.01")).isBetween(0.4, 2.5);
    assertThat(figure(ofCalm, "suitable_0.01")).isEqualTo(1);
    assertThat(ofRetrained.bySeed().get(0))
        .containsKeys("first_0.01", "last_0.01")
        .containsEntry("rows", OptionalDouble.of(900))
        .containsEntry("inside_0.01", OptionalDouble.empty());
    assertThat(ofRetrained.notes())
        .contains(
            "retrainings-1000-window-4: neighbouring rows are alike, there is no interval to lie"
                + " inside");
  }

  @Test
  void repeatsItself() throws Exception {
    CalibrationSuite suite = suite(StreamCase.of("independent", 0, 1, 300, 500, 1, false));

    SetResult first = TinyBenchmark.evaluate(suite, "independent-300-window-1");

    assertThat(TinyBenchmark.evaluate(suite, "independent-300-window-1")).isEqualTo(first);
  }

  @Test
  void streamsHaveTheirMemoryAndTheSameMixing() {
    float[][] calm = new FactorStream(0, 1).next(20_000);
    float[][] slow = new FactorStream(0.9, 2).next(200_000);

    assertThat(correlation(calm, 1, 0, 0)).isCloseTo(0, within(0.03));
    assertThat(correlation(slow, 1, 0, 0)).isCloseTo(0.9, within(0.01));
    assertThat(correlation(slow, 0, 0, 1)).isCloseTo(correlation(calm, 0, 0, 1), within(0.05));
  }

  @Test
  void countsWhatLiesAtTheBorderInForce() {
    AlarmCount unsupported = new AlarmCount(0.001, 0.02, 49, 1000, 30);
    AlarmCount rare = new AlarmCount(0.01, 0.005, 199, 400, 9);

    assertThat(unsupported.inForce()).isEqualTo(0.02);
    assertThat(unsupported.ratio()).isEqualTo(1.5);
    assertThat(unsupported.suitable()).isFalse();
    assertThat(rare.supported()).isTrue();
    assertThat(rare.suitable()).as("four alarms are to be expected").isFalse();
    assertThat(rare.plus(rare).suitable()).isTrue();
    assertThat(rare.plus(rare).interval().orElseThrow().contains(8)).isTrue();
  }

  @Test
  void namesTheSetsThatThereAre() {
    assertThatThrownBy(
            () ->
                TinyBenchmark.evaluate(
                    chosen(Optional.empty(), folder.resolve("out"), List.of("independant*"))))
        .hasMessageStartingWith(
            "no set is called independant*; there are independent-1000-window-1, ");
  }

  private static CalibrationSuite suite(StreamCase... cases) {
    Protocol protocol = new Protocol(TinyBenchmark.QUICK, 0.01, 1, CalibrationSuite.settings());
    return new CalibrationSuite(Optional.empty(), protocol, List.of(cases));
  }

  private static EvaluationPlan chosen(Optional<Path> data, Path out, List<String> only) {
    return TinyBenchmark.plan("calibration", data.stream().toList(), out, only);
  }

  private static double correlation(float[][] rows, int lag, int one, int other) {
    double product = 0;
    double squares = 0;
    double otherSquares = 0;
    for (int row = lag; row < rows.length; row++) {
      double value = rows[row][one];
      double otherValue = rows[row - lag][other];
      product += value * otherValue;
      squares += value * value;
      otherSquares += otherValue * otherValue;
    }
    return product / Math.sqrt(squares * otherSquares);
  }
}
