package io.nelbo.jobs.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SkabSuiteTest {
  private static final String HEADER = "datetime;f0;Volume Flow;anomaly;changepoint";

  @TempDir private Path data;

  @Test
  void poolsTheAlarmsOfAllExperiments() throws Exception {
    TinyBenchmark.gzip(data.resolve("anomaly-free/anomaly-free.csv.gz"), "datetime;f0\n");
    TinyBenchmark.gzip(data.resolve("valve1/0.csv.gz"), HEADER, experiment(1, 600, 60));
    TinyBenchmark.gzip(data.resolve("valve1/10.csv.gz"), HEADER, experiment(2, 600, 100));

    EvaluationReport report =
        TinyBenchmark.evaluate(TinyBenchmark.plan("skab", data, data.resolve("out")));

    assertThat(report.sets()).containsOnlyKeys("valve1/0", "valve1/10");
    assertThat(report.mean()).containsOnlyKeys("f1", "far", "mar", "auroc");
    double found = sum(report, "true_positives");
    double falseAlarms = sum(report, "false_positives");
    double missed = sum(report, "false_negatives");
    double quiet = sum(report, "true_negatives");
    assertThat(found + missed).isEqualTo(160);
    assertThat(falseAlarms + quiet).isEqualTo(240);
    assertThat(TinyBenchmark.figure(report.mean(), "f1"))
        .isEqualTo(2 * found / (2 * found + falseAlarms + missed), within(1e-12));
    assertThat(TinyBenchmark.figure(report.mean(), "far"))
        .isEqualTo(100 * falseAlarms / 240, within(1e-12));
    assertThat(TinyBenchmark.figure(report.mean(), "mar"))
        .isEqualTo(100 * missed / 160, within(1e-12));
    assertThat(TinyBenchmark.figure(report.mean(), "auroc")).isGreaterThan(0.95);
    assertThat(TinyBenchmark.figure(report.baselines(), "mahalanobis", "f1")).isGreaterThan(0.8);
  }

  @Test
  void saysWhenNothingIsLeftToTest() throws Exception {
    Path file = TinyBenchmark.gzip(data.resolve("valve1/0.csv.gz"), HEADER, experiment(1, 400, 0));

    EvaluationReport report =
        TinyBenchmark.evaluate(TinyBenchmark.plan("skab", data, data.resolve("out")));

    assertThat(report.failures())
        .containsExactly(
            new Failure(
                "valve1/0",
                "set",
                file + " has 400 rows, the first 400 train and none is left to test"));
    assertThat(report.mean()).containsEntry("f1", OptionalDouble.empty());
  }

  private static List<String> experiment(long seed, int rows, int anomalies) {
    LocalDateTime time = LocalDateTime.parse("2020-03-09T10:14:33");
    List<String> lines = new ArrayList<>();
    for (String line : TinyBenchmark.labelledLines(seed, rows, anomalies)) {
      String stamp = time.plusSeconds(lines.size()).toString().replace('T', ' ');
      lines.add(
          (stamp.length() == 16 ? stamp + ":00" : stamp) + ";" + line.replace(',', ';') + ".0;0.0");
    }
    return lines;
  }

  private static double sum(EvaluationReport report, String metric) {
    return report.sets().values().stream()
        .mapToDouble(figures -> TinyBenchmark.figure(figures, metric))
        .sum();
  }
}
