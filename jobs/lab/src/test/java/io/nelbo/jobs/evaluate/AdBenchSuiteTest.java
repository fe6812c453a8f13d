package io.nelbo.jobs.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nelbo.jobs.evaluate.TinyBenchmark.Heard;
import io.nelbo.jobs.evaluate.data.BenchmarkDataException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AdBenchSuiteTest {
  private static final String HEADER = "f0,f1,label";

  @TempDir private Path folder;

  private Path data;
  private Path out;

  @BeforeEach
  void nameFolders() {
    data = folder.resolve("data");
    out = folder.resolve("out");
  }

  @Test
  void writesEveryFigureOfTheDetectorAndTheBaselines() throws Exception {
    TinyBenchmark.gzip(
        data.resolve("2_bond.csv.gz"), HEADER, TinyBenchmark.labelledLines(1, 400, 20));
    TinyBenchmark.gzip(
        data.resolve("10_bond.csv.gz"), HEADER, TinyBenchmark.labelledLines(2, 400, 20));

    TinyBenchmark.evaluate(TinyBenchmark.plan("adbench", data, out));

    JsonNode metrics = new ObjectMapper().readTree(out.resolve("metrics.json").toFile());
    assertThat(metrics.fieldNames())
        .toIterable()
        .containsExactly(
            "suite",
            "config",
            "sets",
            "mean",
            "mean_sets",
            "baselines",
            "failures",
            "notes",
            "seconds",
            "version");
    assertThat(metrics.get("sets").fieldNames()).toIterable().containsExactly("2_bond", "10_bond");
    assertThat(metrics.get("mean").fieldNames())
        .toIterable()
        .containsExactly("semi_auroc", "semi_aucpr", "unsup_auroc", "unsup_aucpr");
    assertThat(metrics.get("baselines").fieldNames())
        .toIterable()
        .containsExactly("norm", "mahalanobis", "pca", "knn", "random");
    assertThat(metrics.at("/mean/semi_auroc").asDouble()).isBetween(0.95, 1.0);
    assertThat(metrics.at("/baselines/mahalanobis/mean/semi_auroc").asDouble())
        .isBetween(0.98, 1.0);
    assertThat(metrics.at("/baselines/random/mean/semi_auroc").asDouble()).isBetween(0.3, 0.7);
    assertThat(metrics.at("/config/steps").asInt()).isEqualTo(200);
  }

  @Test
  void goesOnWhereItWasAndRefusesToMixConfigurations() throws Exception {
    TinyBenchmark.gzip(data.resolve("a.csv.gz"), HEADER, TinyBenchmark.labelledLines(1, 300, 20));
    EvaluationPlan plan = TinyBenchmark.plan("adbench", data, out);
    EvaluationReport first = TinyBenchmark.evaluate(plan);
    TinyBenchmark.gzip(data.resolve("b.csv.gz"), HEADER, TinyBenchmark.labelledLines(2, 300, 20));
    Heard heard = new Heard();

    EvaluationReport second = new Evaluation(plan, Clock.systemUTC(), "test").run(heard);

    assertThat(heard.finishedBefore).isEqualTo(1);
    assertThat(heard.sets).containsExactly("b");
    assertThat(second.sets()).containsEntry("a", first.sets().get("a")).containsKey("b");
    assertThatThrownBy(() -> TinyBenchmark.evaluate(withSeeds(plan, 2, false)))
        .isInstanceOf(BenchmarkDataException.class)
        .hasMessage(
            out
                + " holds results of another suite, configuration or version (see run.json there):"
                + " choose another --out, or --force to forget them");
    assertThat(TinyBenchmark.evaluate(withSeeds(plan, 2, true)).spread())
        .containsOnlyKeys("semi_auroc", "semi_aucpr", "unsup_auroc", "unsup_aucpr");
  }

  @Test
  void saysThatAFigureIsNotDefinedInsteadOfInventingOne() throws Exception {
    TinyBenchmark.gzip(data.resolve("calm.csv.gz"), HEADER, TinyBenchmark.labelledLines(1, 300, 0));

    EvaluationReport report = TinyBenchmark.evaluate(TinyBenchmark.plan("adbench", data, out));

    JsonNode metrics = new ObjectMapper().readTree(out.resolve("metrics.json").toFile());
    assertThat(metrics.at("/sets/calm/semi_auroc").isNull()).isTrue();
    assertThat(metrics.at("/mean/unsup_aucpr").isNull()).isTrue();
    assertThat(report.notes())
        .containsExactly(
            "calm: semi_auroc and semi_aucpr are not defined, all 150 labels are 0",
            "calm: unsup_auroc and unsup_aucpr are not defined, all 300 labels are 0");
  }

  @Test
  void namesTheFileOfDataThatDoNotFit() throws Exception {
    assertThat(failureOf("none.csv.gz", "f0,f1\n1,2\n"))
        .isEqualTo("%s has no label column 'label'; it has [f0, f1]");
    assertThat(failureOf("ragged.csv.gz", HEADER + "\n1,2,0\n1,0\n"))
        .isEqualTo("%s line 3: has 2 cells, but the header has 3");
    assertThat(failureOf("empty.csv.gz", ""))
        .isEqualTo("%s: the file is empty; a header line is needed");
    assertThat(failureOf("bare.csv.gz", HEADER + "\n"))
        .isEqualTo("%s: there is a header but no row");
    assertThat(failureOf("blank.csv.gz", HEADER + "\n1,2,0\n1,2,\n"))
        .isEqualTo("%s row 2 has no label; write 1 or 0");
    assertThat(failureOf("word.csv.gz", HEADER + "\n1,2,0\n1,two,0\n"))
        .isEqualTo(
            "%s line 3: column f1 holds \"two\", which is no number: name the column"
                + " with --time, --series or --label if it is one of these, or remove it");
    assertThat(failureOf("short.csv.gz", HEADER + "\n1,2,0\n1,3,0\n2,2,1\n"))
        .isEqualTo("%s: the span holds 1 records, training needs at least 20");
  }

  @Test
  void namesAFolderWithoutSets() throws Exception {
    assertThatThrownBy(() -> TinyBenchmark.evaluate(TinyBenchmark.plan("adbench", data, out)))
        .hasMessage(data + ": no such folder");
    Files.createDirectories(data);
    assertThatThrownBy(() -> TinyBenchmark.evaluate(TinyBenchmark.plan("adbench", data, out)))
        .hasMessage(data + " holds no file that ends with .csv.gz or .csv");
  }

  private String failureOf(String name, String content) throws Exception {
    Path only = folder.resolve("of-" + name);
    Path file = TinyBenchmark.gzip(only.resolve(name), content);
    EvaluationReport report =
        TinyBenchmark.evaluate(TinyBenchmark.plan("adbench", only, folder.resolve("out-" + name)));
    return report.failures().get(0).reason().replace(file.toString(), "%s");
  }

  private static EvaluationPlan withSeeds(EvaluationPlan plan, int seeds, boolean force) {
    return new EvaluationPlan(
        plan.suiteName(),
        plan.data(),
        new EvaluationPlan.Results(plan.results().out(), force),
        plan.models(),
        plan.modes(),
        seeds,
        1);
  }
}
