package io.nelbo.jobs.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ImageSuiteTest {
  private static final int SIDE = 32;

  @TempDir private Path folder;
  private Path data;
  private Path out;

  @BeforeEach
  void folders() {
    data = folder.resolve("data");
    out = folder.resolve("out");
  }

  @Test
  void findsBlotsAndTheirPlacesInSetsOfEitherLayout() throws Exception {
    new DrawnImages(SIDE, SIDE, false, 1).write(data.resolve("files"), 90, 20, 12);
    new DrawnImages(48, SIDE, true, 2).write(data.resolve("colour"), 90, 20, 12);
    TinyImageSet.write(data.resolve("idx"), SIDE, 90, 20, 12, true);

    EvaluationReport report = TinyBenchmark.evaluate(plan(OptionalInt.empty()));

    assertThat(report.failures()).isEmpty();
    assertThat(report.sets().keySet()).containsExactly("colour", "files", "idx");
    for (String set : report.sets().keySet()) {
      for (String metric : List.of("image_auroc", "image_ap", "pixel_auroc", "pro", "pointing")) {
        assertThat(TinyBenchmark.figure(report.sets(), set, metric))
            .as(set + " " + metric)
            .isBetween(0.8, 1.0);
      }
      assertThat(TinyBenchmark.figure(report.sets(), set, "good_images")).isEqualTo(20);
    }
    assertThat(report.baselines())
        .containsOnlyKeys(
            "pixel-norm",
            "pixel-norm-blurred",
            "pca-8",
            "pca-8-blurred",
            "pca-32",
            "pca-32-blurred",
            "pca-128",
            "pca-128-blurred",
            "nearest",
            "nearest-blurred");
    assertThat(TinyBenchmark.figure(report.baselines(), "nearest", "image_auroc"))
        .isGreaterThan(0.9);
    assertThat(report.notes())
        .contains(
            "colour: 90 images train, 20 normal and 12 defective ones test, frames of 48 x 32, in"
                + " colour",
            "idx: 90 images train, 20 normal and 12 defective ones test, frames of 32 x 32, grey");
    JsonNode metrics = new ObjectMapper().readTree(out.resolve("metrics.json").toFile());
    assertThat(metrics.at("/config/false_alarm_rate").asDouble()).isEqualTo(0.01);
    assertThat(metrics.at("/mean/good_images").asInt()).isEqualTo(60);
    assertThat(metrics.at("/mean/false_alarm_ratio").asDouble())
        .isEqualTo(metrics.at("/mean/false_alarms").asDouble() / 0.6);
  }

  @Test
  void aSetWithoutMasksHasNoFiguresOfPixels() throws Exception {
    TinyImageSet.write(data, SIDE, 90, 20, 12, false);

    EvaluationReport report = TinyBenchmark.evaluate(plan(OptionalInt.empty()));

    assertThat(report.failures()).isEmpty();
    assertThat(report.mean())
        .containsOnlyKeys(
            "image_auroc", "image_ap", "false_alarm_ratio", "false_alarms", "good_images");
    assertThat(report.notes()).contains("data: there are no masks: no figures of pixels");
  }

  @Test
  void aSetThatCannotBeReadIsToldAndTheOthersGoOn() throws Exception {
    new DrawnImages(SIDE, SIDE, false, 1).write(data.resolve("good"), 90, 20, 12);
    Files.createDirectories(data.resolve("empty/train/good"));
    Files.createDirectories(data.resolve("empty/test/good"));
    new DrawnImages(SIDE, SIDE, false, 1).write(data.resolve("few"), 6, 4, 4);

    EvaluationReport report = TinyBenchmark.evaluate(plan(OptionalInt.empty()));

    assertThat(report.failures())
        .containsExactly(
            new Failure("empty", "set", data.resolve("empty") + " holds no image"),
            new Failure(
                "few",
                "nelbo",
                data.resolve("few") + ": the span holds 6 records, training needs at least 20"));
    assertThat(report.detector().sets()).containsEntry("image_auroc", 1);
    assertThat(TinyBenchmark.figure(report.mean(), "image_auroc")).isGreaterThan(0.8);
  }

  @Test
  void testImagesOfOneKindHaveNoRanking() throws Exception {
    new DrawnImages(SIDE, SIDE, false, 1).good(data.resolve("train/good"), 90);
    new DrawnImages(SIDE, SIDE, false, 2).defective(data, "blot", 8);

    EvaluationReport report = TinyBenchmark.evaluate(plan(OptionalInt.empty()));

    assertThat(report.failures()).isEmpty();
    assertThat(report.mean().get("image_auroc")).isEmpty();
    assertThat(report.mean().get("false_alarm_ratio")).isEmpty();
    assertThat(TinyBenchmark.figure(report.mean(), "pixel_auroc")).isGreaterThan(0.8);
    assertThat(report.notes())
        .contains(
            "data: no kind in test is normal, which by train are: good",
            "data: image_auroc and image_ap are not defined, all 8 test images are defective");
  }

  @Test
  void groupsOfNeighbouringNumbersAreSplitAnew() throws Exception {
    new DrawnImages(SIDE, SIDE, false, 1).write(data, 90, 20, 12);

    EvaluationReport report = TinyBenchmark.evaluate(plan(OptionalInt.of(1)));

    assertThat(report.failures()).isEmpty();
    assertThat(report.sets().keySet()).containsExactly("data-by-group");
    assertThat(report.run().config()).containsEntry("group_gap", 1);
    assertThat(TinyBenchmark.figure(report.mean(), "good_images")).isGreaterThanOrEqualTo(16);
  }

  private EvaluationPlan plan(OptionalInt groupGap) {
    return new EvaluationPlan(
        "images",
        new EvaluationPlan.Data(List.of(data), new ArrayList<>(), Optional.empty(), groupGap),
        new EvaluationPlan.Results(out, false),
        new EvaluationPlan.Models(
            Optional.of(ImageSuite.defaults().withSteps(30)), EvaluationPlan.usualRate("images")),
        List.of(),
        1,
        2);
  }
}
