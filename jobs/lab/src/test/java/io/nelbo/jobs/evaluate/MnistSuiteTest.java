package io.nelbo.jobs.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nelbo.model.fit.TrainingConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MnistSuiteTest {
  /** Nats of an image whose every pixel is a coin. */
  private static final double COINS = TinyImages.SIDE * TinyImages.SIDE * Math.log(2);

  private static final List<String> DENSE = List.of("density", "class-*");

  @TempDir private Path folder;
  private TrainingConfig training = TinyBenchmark.QUICK;

  private Path data;
  private Path others;

  @BeforeEach
  void writeImages() throws Exception {
    data = folder.resolve("data");
    others = folder.resolve("others");
    TinyImages.write(data, "train", labels(300, 2), 1);
    TinyImages.write(data, "t10k", labels(60, 2), 2);
    TinyImages.write(others, "train", IntStream.generate(() -> 2).limit(100).toArray(), 4);
    TinyImages.write(others, "t10k", new int[] {2, 2, 2, 2, 2, 2, 2, 2}, 3);
  }

  @Test
  void boundsTheTestImagesAndRanksThemClassByClass() throws Exception {
    Path out = folder.resolve("out");

    EvaluationReport report = TinyBenchmark.evaluate(plan(out, DENSE, Optional.of(others), 0));

    assertThat(report.failures()).isEmpty();
    assertThat(report.sets().keySet()).containsExactly("density", "class-0", "class-1");
    double elbo = TinyBenchmark.figure(report.sets(), "density", "elbo_nats");
    double weighted = TinyBenchmark.figure(report.sets(), "density", "iwae_nats");
    assertThat(weighted).isPositive().isLessThan(elbo);
    assertThat(elbo).isLessThan(0.8 * COINS);
    assertThat(TinyBenchmark.figure(report.sets(), "density", "ood_auroc")).isGreaterThan(0.95);
    assertThat(TinyBenchmark.figure(report.sets(), "class-0", "one_class_auroc"))
        .isGreaterThan(0.95);
    assertThat(report.mean())
        .containsOnlyKeys("elbo_nats", "iwae_nats", "ood_auroc", "one_class_auroc");
    assertThat(report.baselines()).containsOnlyKeys("norm", "mahalanobis", "pca", "knn", "random");
    assertThat(TinyBenchmark.figure(report.baselines(), "knn", "one_class_auroc"))
        .isGreaterThan(0.95);
    assertThat(TinyBenchmark.figure(report.baselines(), "knn", "ood_auroc")).isGreaterThan(0.95);
    JsonNode config =
        new ObjectMapper().readTree(out.resolve("metrics.json").toFile()).get("config");
    assertThat(config.get("likelihood").asText()).isEqualTo("bernoulli");
    assertThat(config.get("objective").asText()).isEqualTo("ELBO");
    assertThat(config.get("importance_samples").asInt()).isEqualTo(500);
    assertThat(config.get("one_class_steps").asInt()).isEqualTo(200);
    assertThat(report.notes())
        .anyMatch(note -> note.contains("mean of 60 test images as bits, lower is better"));
  }

  @Test
  void theModelOfFramesTellsClassesAndFoldersApart() throws Exception {
    training = TinyBenchmark.QUICK.withSteps(30);

    EvaluationReport report =
        TinyBenchmark.evaluate(
            plan(folder.resolve("out"), List.of("conv-*"), Optional.of(others), 0));

    assertThat(report.failures()).isEmpty();
    assertThat(report.sets().keySet())
        .containsExactly("conv-class-0", "conv-class-1", "conv-against");
    assertThat(report.mean())
        .containsOnlyKeys("conv_one_class_auroc", "conv_ood_auroc", "conv_ood_reverse_auroc");
    for (String metric : report.mean().keySet()) {
      assertThat(TinyBenchmark.figure(report.mean(), metric)).as(metric).isGreaterThan(0.95);
    }
    assertThat(report.run().config()).containsEntry("conv_steps", 30);
  }

  @Test
  void withoutASecondFolderThereIsNoFigureForOutliers() throws Exception {
    EvaluationReport report =
        TinyBenchmark.evaluate(plan(folder.resolve("out"), DENSE, Optional.empty(), 3));

    assertThat(report.mean()).containsOnlyKeys("elbo_nats", "iwae_nats", "one_class_auroc");
    assertThat(report.run().config()).containsEntry("objective", "IWAE");
    assertThat(TinyBenchmark.figure(report.mean(), "iwae_nats")).isLessThan(0.8 * COINS);
  }

  @Test
  void saysThatAFigureIsNotDefinedWithoutTestImagesOfTheClass() throws Exception {
    TinyImages.write(data, "t10k", new int[] {0, 0, 0, 0, 0, 0}, 2);

    EvaluationReport report =
        TinyBenchmark.evaluate(plan(folder.resolve("out"), DENSE, Optional.empty(), 0));

    assertThat(report.mean().get("one_class_auroc")).isEmpty();
    assertThat(report.notes())
        .contains(
            "class-0: one_class_auroc is not defined, of 6 test images all are of this class",
            "class-1: one_class_auroc is not defined, of 6 test images none are of this class");
  }

  @Test
  void tellsWhatIsTooSmall() throws Exception {
    TinyImages.write(data, "train", labels(16, 2), 1);
    Path file = data.resolve("train-images-idx3-ubyte.gz");

    EvaluationReport report =
        TinyBenchmark.evaluate(plan(folder.resolve("out"), DENSE, Optional.empty(), 0));

    assertThat(report.failures())
        .contains(
            new Failure(
                "density",
                "nelbo",
                file + ": the span holds 16 records, training needs at least 20"));
  }

  private EvaluationPlan plan(
      Path out, List<String> only, Optional<Path> against, int iwaeSamples) {
    return new EvaluationPlan(
        "mnist",
        new EvaluationPlan.Data(List.of(data), only, against),
        new EvaluationPlan.Results(out, false),
        new EvaluationPlan.Models(Optional.of(training), Optional.empty(), 0.01, iwaeSamples),
        List.of(),
        1,
        1);
  }

  private static int[] labels(int images, int classes) {
    int[] labels = new int[images];
    for (int image = 0; image < images; image++) {
      labels[image] = image % classes;
    }
    return labels;
  }
}
