package io.nelbo.jobs.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nelbo.model.score.Attribution;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TimeSeriesSuiteTest {
  @TempDir private Path folder;

  private Path data;
  private Path causes;

  @BeforeEach
  void writeOneMachine() throws Exception {
    data = folder.resolve("data");
    causes = data.resolve("machine-1").resolve("interpretation_label.txt");
    List<String> normal =
        TinyBenchmark.labelledLines(1, 400, 0).stream()
            .map(line -> line.substring(0, line.lastIndexOf(',')))
            .toList();
    TinyBenchmark.gzip(data.resolve("machine-1/train.csv.gz"), "f0,f1", normal);
    TinyBenchmark.gzip(
        data.resolve("machine-1/test.csv.gz"),
        "f0,f1,label",
        TinyBenchmark.labelledLines(2, 300, 20));
  }

  @Test
  void writesEveryFigure() throws Exception {
    Files.writeString(causes, "280-300:1,2\n");

    TinyBenchmark.evaluate(TinyBenchmark.plan("timeseries", data, folder.resolve("out")));

    JsonNode metrics = new ObjectMapper().readTree(folder.resolve("out/metrics.json").toFile());
    assertThat(metrics.get("mean").fieldNames())
        .toIterable()
        .containsExactly(
            "auroc", "ap", "vus_roc", "vus_pr", "best_f1", "hit_rate_100", "hit_rate_150");
    assertThat(metrics.at("/sets/machine-1/auroc").asDouble()).isBetween(0.95, 1.0);
    assertThat(metrics.at("/sets/machine-1/vus_pr").asDouble()).isBetween(0.7, 1.0);
    assertThat(metrics.at("/sets/machine-1/hit_rate_100").asDouble()).isBetween(0.5, 1.0);
    assertThat(metrics.at("/baselines/norm/mean").fieldNames())
        .toIterable()
        .containsExactly("auroc", "ap", "vus_roc", "vus_pr", "best_f1");
    assertThat(metrics.at("/config/vus_buffer").asInt()).isEqualTo(100);
  }

  @Test
  void namesWhatIsMissingOrWrong() throws Exception {
    Files.writeString(causes, "280-300:1\n\n10-20:2\n");
    assertThat(failureOf("hit rates"))
        .isEqualTo(
            causes
                + " line 3: no row of it is labelled in "
                + data.resolve("machine-1/test.csv.gz"));
    Files.writeString(causes, "280-300:3\n");
    assertThat(failureOf("hit rates")).isEqualTo(causes + " line 1: dimension 3 must lie in 1..2");
    Files.writeString(causes, "280:1\n");
    assertThat(failureOf("hit rates"))
        .isEqualTo(causes + " line 1: '280:1' is not start-end:dimension,dimension");
    Files.delete(data.resolve("machine-1/train.csv.gz"));
    assertThat(failureOf("set"))
        .isEqualTo(data.resolve("machine-1") + " holds neither train.csv.gz nor train.csv");
    assertThatThrownBy(
            () ->
                TinyBenchmark.evaluate(
                    TinyBenchmark.plan("timeseries", data.resolve("machine-1"), folder)))
        .hasMessage("%s holds no folder with a test.csv.gz or test.csv", data.resolve("machine-1"));
  }

  private String failureOf(String part) throws Exception {
    return evaluate().failures().stream()
        .filter(failure -> failure.part().equals(part))
        .map(Failure::reason)
        .findFirst()
        .orElse("none");
  }

  @Test
  void hitRatesFollowTheLabelsWhetherTheEndCountsOrNot() throws Exception {
    LabelledRows test = rows(0, 1, 1, 0, 1, 1, 1);
    double[] scores = {9, 1, 2, 9, 3, 1, 2};
    // One end is exclusive, the other inclusive, and the later segment comes first.
    Path file = Files.writeString(folder.resolve("causes.txt"), "4-6:3\n1-3:1,2\n");

    HitRates rates = HitRates.read(file, test).orElseThrow();

    int[][] asked = new int[1][];
    assertThat(
            rates.rate(
                scores,
                rows -> {
                  asked[0] = rows;
                  return Arrays.stream(rows).mapToObj(row -> blame("f0", "f3", "f1")).toList();
                }))
        .containsEntry("hit_rate_100", OptionalDouble.of((0.5 + 0) / 2))
        .containsEntry("hit_rate_150", OptionalDouble.of((1.0 + 0) / 2));
    assertThat(asked[0]).containsExactlyInAnyOrder(2, 4);
  }

  @Test
  void aFeatureWithoutBlameIsNotNamed() throws Exception {
    LabelledRows test = rows(1, 0);
    Path file = Files.writeString(folder.resolve("causes.txt"), "0-1:1\n");

    HitRates rates = HitRates.read(file, test).orElseThrow();

    assertThat(
            rates.rate(
                new double[] {1, 0}, rows -> List.of(List.of(new Attribution("f0", 0, 0, 0, 1)))))
        .containsEntry("hit_rate_100", OptionalDouble.of(0));
  }

  private EvaluationReport evaluate() throws Exception {
    return TinyBenchmark.evaluate(TinyBenchmark.plan("timeseries", data, folder.resolve("out")));
  }

  private static List<Attribution> blame(String... features) {
    return Stream.of(features).map(name -> new Attribution(name, 0.3, 0, 0, 1)).toList();
  }

  private static LabelledRows rows(int... labels) {
    boolean[] anomalous = new boolean[labels.length];
    for (int i = 0; i < labels.length; i++) {
      anomalous[i] = labels[i] == 1;
    }
    return new LabelledRows(
        "test",
        List.of("f0", "f1", "f2", "f3"),
        new float[labels.length][4],
        new long[labels.length],
        anomalous);
  }
}
