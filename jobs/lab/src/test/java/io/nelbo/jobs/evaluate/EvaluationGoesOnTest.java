package io.nelbo.jobs.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nelbo.jobs.evaluate.TinyBenchmark.Heard;
import io.nelbo.jobs.evaluate.baseline.Baseline;
import io.nelbo.jobs.evaluate.data.BenchmarkDataException;
import io.nelbo.jobs.replay.metrics.EigenSpace;
import io.nelbo.model.fit.TrainingConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EvaluationGoesOnTest {
  private static final String HEADER = "f0,f1,label";

  @TempDir private Path folder;
  private Path data;
  private Path out;

  /** A decomposition that does not converge. */
  private static final class Endless implements Baseline {
    @Override
    public String name() {
      return "endless";
    }

    @Override
    public Fitted fit(float[][] rows) {
      EigenSpace.of(new double[][] {{1, Double.NaN}, {2, 3}});
      throw new AssertionError("it converged");
    }
  }

  /** Strange is what is large. */
  private static final class FirstFeature implements Baseline {
    @Override
    public String name() {
      return "first";
    }

    @Override
    public Fitted fit(float[][] rows) {
      return (row, fittedAs) -> row[0];
    }
  }

  @BeforeEach
  void folders() {
    data = folder.resolve("data");
    out = folder.resolve("out");
  }

  @Test
  void aSetThatFailsIsToldAndTheOthersGoOn() throws Exception {
    set("1_good", TinyBenchmark.labelledLines(1, 300, 20));
    TinyBenchmark.gzip(data.resolve("2_empty.csv.gz"), "");
    TinyBenchmark.gzip(data.resolve("3_word.csv.gz"), HEADER + "\n1,2,0\n1,two,0\n");
    set("4_good", TinyBenchmark.labelledLines(2, 300, 20));
    Heard heard = new Heard();

    EvaluationReport report = new Evaluation(plan(), Clock.systemUTC(), "test").run(heard);

    assertThat(heard.sets).containsExactlyInAnyOrder("1_good", "2_empty", "3_word", "4_good");
    assertThat(heard.failures).containsExactlyInAnyOrderElementsOf(report.failures());
    assertThat(report.failures()).extracting(Failure::set).containsExactly("2_empty", "3_word");
    assertThat(report.failures())
        .first()
        .isEqualTo(
            new Failure(
                "2_empty",
                "set",
                data.resolve("2_empty.csv.gz") + ": the file is empty; a header line is needed"));
    assertThat(report.detector().sets()).containsEntry("semi_auroc", 2);
    assertThat(TinyBenchmark.figure(report.mean(), "semi_auroc")).isGreaterThan(0.9);
    JsonNode metrics = new ObjectMapper().readTree(out.resolve("metrics.json").toFile());
    assertThat(metrics.at("/failures/1/set").asText()).isEqualTo("3_word");
    assertThat(metrics.at("/failures/1/reason").asText()).contains("column f1 holds \"two\"");
    assertThat(metrics.at("/mean_sets/semi_auroc").asInt()).isEqualTo(2);
    assertThat(metrics.at("/baselines/knn/mean_sets/semi_auroc").asInt()).isEqualTo(2);
  }

  @Test
  void whatFailedIsTriedAgainByTheNextRun() throws Exception {
    set("1_good", TinyBenchmark.labelledLines(1, 300, 20));
    TinyBenchmark.gzip(data.resolve("2_mended.csv.gz"), "");
    TinyBenchmark.evaluate(plan());
    set("2_mended", TinyBenchmark.labelledLines(2, 300, 20));
    Heard heard = new Heard();

    EvaluationReport report = new Evaluation(plan(), Clock.systemUTC(), "test").run(heard);

    assertThat(heard.finishedBefore).isEqualTo(1);
    assertThat(heard.sets).containsExactly("2_mended");
    assertThat(report.failures()).isEmpty();
    assertThat(report.detector().sets()).containsEntry("semi_auroc", 2);
  }

  @Test
  void aBaselineThatFailsIsToldAndTheOthersGoOn() throws Exception {
    set("set", TinyBenchmark.labelledLines(1, 300, 20));
    TrainingConfig training = TinyBenchmark.QUICK;
    Suite suite =
        new AdBenchSuite(
            data,
            new Protocol(training, 0.01, 1, Map.of()),
            training,
            List.of("semi", "unsup"),
            List.of(new Endless(), new FirstFeature()));

    SetResult result = TinyBenchmark.evaluate(suite, "set");

    assertThat(result.failures())
        .extracting(Failure::part)
        .containsExactly("endless, semi", "endless, unsup");
    assertThat(result.failures())
        .extracting(Failure::reason)
        .containsOnly(
            "the principal axes of 2 features were not found: the iteration did not converge");
    assertThat(result.baselines()).containsOnlyKeys("first");
    assertThat(result.ofSeed(0)).containsKeys("semi_auroc", "unsup_auroc");
  }

  @Test
  void repetitionsThatFailLeaveTheOthersAlone() throws Exception {
    SetResult.Builder result = new SetResult.Builder("set");

    result.attemptSeeds(
        3,
        "semi",
        seed -> {
          if (seed == 1) {
            throw new BenchmarkDataException("no luck");
          }
          result.seed(seed, "auroc", OptionalDouble.of(seed));
        });

    SetResult built = result.build(1);
    assertThat(built.failures())
        .containsExactly(new Failure("set", "nelbo, semi, repetition 2", "no luck"));
    assertThat(built.ofSeed(1)).isEmpty();
    assertThat(built.ofSeed(2)).hasSize(1);
    assertThat(built.ofSeed(7)).isEmpty();
  }

  @Test
  void setsThatAreSmallConstantOrHalfMissingTrain() throws Exception {
    List<String> lines = TinyBenchmark.labelledLines(1, 88, 20); // 34 of the normal rows train
    set("34_rows", lines);
    set("constant", changed(lines, "7,%2$s,%3$s"));
    set("all_constant", changed(lines, "7,7,%3$s"));
    set("missing", changed(lines, ",%2$s,%3$s"));

    EvaluationReport report = TinyBenchmark.evaluate(plan());

    assertThat(report.failures()).isEmpty();
    assertThat(TinyBenchmark.figure(report.sets(), "34_rows", "semi_auroc")).isGreaterThan(0.9);
    assertThat(report.detector().sets()).contains(entry("semi_auroc", 4), entry("unsup_auroc", 4));
  }

  @Test
  void aSetOfOneClassSaysWhatCouldNotBeDone() throws Exception {
    set("only_anomalies", changed(TinyBenchmark.labelledLines(1, 100, 20), "%1$s,%2$s,1"));
    set("only_normal", TinyBenchmark.labelledLines(1, 100, 0));

    EvaluationReport report = TinyBenchmark.evaluate(plan());

    assertThat(report.failures()).extracting(Failure::set).containsOnly("only_anomalies");
    assertThat(report.failures())
        .contains(
            new Failure(
                "only_anomalies",
                "nelbo, semi",
                data.resolve("only_anomalies.csv.gz") + ": there is no row to train on"),
            new Failure("only_anomalies", "knn, semi", "rows must be at least 2, got 0"));
    assertThat(report.detector().sets())
        .containsOnly(
            entry("semi_auroc", 0),
            entry("semi_aucpr", 0),
            entry("unsup_auroc", 0),
            entry("unsup_aucpr", 0));
    assertThat(report.notes()).hasSize(4);
  }

  private void set(String name, List<String> lines) throws Exception {
    Files.createDirectories(data);
    TinyBenchmark.gzip(data.resolve(name + ".csv.gz"), HEADER, lines);
  }

  private static List<String> changed(List<String> lines, String format) {
    return IntStream.range(0, lines.size())
        .mapToObj(row -> String.format(format, (Object[]) lines.get(row).split(",")))
        .toList();
  }

  private EvaluationPlan plan() {
    return TinyBenchmark.plan("adbench", data, out);
  }
}
