package io.nelbo.jobs.config;

import static io.nelbo.jobs.config.SmallestConfig.problemsOf;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class ImageRulesTest {
  private static final String IMAGES =
      """
      detector: line-camera
      image: {height: 64, width: 64}
      kafka: {bootstrap-servers: "kafka:9092"}
      model: {store: /var/nelbo}
      """;

  @Test
  void imagesComeAsTheyAreOrInImageRecords() {
    assertThat(
            SmallestConfig.parse(IMAGES + "source: {topic: t, format: image}\n").image().height())
        .isEqualTo(64);
    assertThat(SmallestConfig.parse(IMAGES + "source: {topic: t}\n").source().format())
        .isEqualTo(SourceConfig.Format.AVRO);
  }

  @Test
  void headersAreNamedByTheirKeys() {
    SourceConfig.Headers headers =
        SmallestConfig.parse(
                IMAGES
                    + "source: {topic: t, format: image, series-header: camera, time-header: taken,"
                    + " content-type-header: kind}\n")
            .source()
            .headers();

    assertThat(headers).isEqualTo(new SourceConfig.Headers("camera", "taken", "kind"));
  }

  @Test
  void allThatCannotGoWithImagesIsToldAtOnce() {
    assertThat(
            problemsOf(
                IMAGES
                    + "source: {topic: t, format: json, series-header: camera, time-header:"
                    + " taken}\n"))
        .containsExactlyInAnyOrder(
            "line 5: source.format must be image, or avro for ImageRecord, where image.height is"
                + " given, got json",
            "line 5: source.series-header ('camera') is read with source.format: image alone, got"
                + " json",
            "line 5: source.time-header ('taken') is read with source.format: image alone, got"
                + " json");
  }
}
