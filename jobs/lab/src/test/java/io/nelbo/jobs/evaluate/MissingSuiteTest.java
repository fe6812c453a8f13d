package io.nelbo.jobs.evaluate;

import static io.nelbo.jobs.evaluate.TinyBenchmark.figure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.nelbo.jobs.evaluate.data.BenchmarkDataException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MissingSuiteTest {
  @TempDir private Path folder;

  @Test
  void saysOfTablesAndSeriesWhatMissingValuesCost() throws Exception {
    Path tables = folder.resolve("tables");
    Path series = folder.resolve("series");
    TinyBenchmark.gzip(
        tables.resolve("bond.csv.gz"), "f0,f1,label", TinyBenchmark.labelledLines(1, 1200, 60));
    TinyBenchmark.gzip(
        series.resolve("m-1/train.csv.gz"), "f0,f1,label", TinyBenchmark.labelledLines(2, 500, 0));
    TinyBenchmark.gzip(
        series.resolve("m-1/test.csv.gz"), "f0,f1,label", TinyBenchmark.labelledLines(3, 300, 30));

    EvaluationReport report =
        TinyBenchmark.evaluate(
            TinyBenchmark.plan(
                "missing", List.of(tables, series), folder.resolve("out"), List.of()));

    double prevalence = 30.0 / 300;
    Map<String, OptionalDouble> bond = report.sets().getOrDefault("bond", Map.of());
    assertThat(report.sets()).containsOnlyKeys("bond", "m-1");
    assertThat(figure(bond, "whole_auroc")).isGreaterThan(0.95);
    // The bond shows only where both values are there: half of the rows at 0.3.
    assertThat(figure(bond, "test_0.3_auroc")).isBetween(0.5, 0.95);
    assertThat(figure(bond, "test_0.3_lost"))
        .isCloseTo(figure(bond, "whole_auroc") - figure(bond, "test_0.3_auroc"), within(1e-12));
    assertThat(figure(bond, "test_0.3_lost")).isGreaterThan(figure(bond, "test_0.1_lost"));
    for (String where : List.of("whole", "test_0.1", "test_0.3", "both_0.1", "both_0.3")) {
      assertThat(figure(bond, where + "_alarms_to_promised")).isBetween(0.05, 4.0);
      assertThat(figure(report.sets(), "m-1", where + "_ap")).isBetween(2 * prevalence, 1.0);
    }
  }

  @Test
  void refusesTwoSetsOfOneName() throws Exception {
    Path one = folder.resolve("one");
    Path two = folder.resolve("two");
    TinyBenchmark.gzip(one.resolve("a.csv.gz"), "f0,label", List.of("1,0"));
    TinyBenchmark.gzip(two.resolve("a.csv.gz"), "f0,label", List.of("1,0"));

    EvaluationPlan plan =
        TinyBenchmark.plan("missing", List.of(one, two), folder.resolve("out"), List.of());

    assertThatThrownBy(() -> TinyBenchmark.evaluate(plan))
        .isInstanceOf(BenchmarkDataException.class)
        .hasMessage(one + " and " + two + " both hold a set a: rename one, results go by name");
  }

  @Test
  void removesTheShareThatItSaysAndNothingElse() {
    float[][] values = new float[5_000][8];
    Arrays.stream(values).forEach(row -> Arrays.fill(row, 3));
    LabelledRows rows =
        new LabelledRows(
            "made up", FactorStream.features(), values, new long[5_000], new boolean[5_000]);

    LabelledRows holed = rows.withoutEntries(0.3, 1);

    double missing = 0;
    for (float[] row : holed.values()) {
      for (float value : row) {
        assertThat(Float.isNaN(value) || value == 3).isTrue();
        missing += Float.isNaN(value) ? 1 : 0;
      }
    }
    assertThat(missing / 40_000).isCloseTo(0.3, within(0.01));
    assertThat(values[0]).doesNotContain(Float.NaN);
    assertThat(Arrays.deepEquals(rows.withoutEntries(0.3, 1).values(), holed.values())).isTrue();
    assertThat(rows.withoutEntries(0, 1).values()).isDeepEqualTo(values);
  }
}
