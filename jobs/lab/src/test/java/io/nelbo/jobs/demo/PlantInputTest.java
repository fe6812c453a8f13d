package io.nelbo.jobs.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.nelbo.jobs.config.NelboConfig;
import io.nelbo.jobs.demo.judge.Phase;
import io.nelbo.jobs.demo.plant.PlantConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class PlantInputTest {
  @Test
  void theChangeComesInTheMiddleOfTheMiddleSlide() {
    assertThat(PlantInput.changeIn(Duration.ofDays(5))).contains(Duration.ofHours(60));
    assertThat(PlantInput.changeIn(Duration.ofDays(7))).contains(Duration.ofHours(84));
    assertThat(PlantInput.changeIn(Duration.ofDays(8))).contains(Duration.ofHours(108));
  }

  @Test
  void aShortRunStaysAsItIs() {
    assertThat(PlantInput.changeIn(Duration.ofHours(119))).isEmpty();
  }

  @Test
  void everySlideAndTheFirstModelHaveABorderAtWhichFeedingWaits() {
    DemoInput input = input(Duration.ofDays(5));

    assertThat(input.borders())
        .containsExactly(at(24), at(36), at(48), at(72), at(96))
        .isEqualTo(input.borders().stream().sorted().toList());
  }

  @Test
  void whatComesBeforeTheChangeAndAfterItIsToldApart() {
    DemoInput input = input(Duration.ofDays(5));

    assertThat(input.script().change()).contains(at(60));
    assertThat(input.script().phases())
        .containsExactly(
            new Phase("before the change", at(0), at(60)),
            new Phase("after the change", at(60), at(120)));
  }

  @Test
  void theSecondRunReadsTheSameRecordsAndModelsAndWritesElsewhere() {
    DemoConfig demo = input(Duration.ofDays(5)).config();

    NelboConfig first = demo.load("localhost:9092", Path.of("/demo"));
    NelboConfig second = demo.loadSecond("localhost:9092", Path.of("/demo"));

    assertThat(second.source().topic()).isEqualTo(first.source().topic());
    assertThat(second.model()).isEqualTo(first.model());
    assertThat(second.alert()).isEqualTo(first.alert());
    assertThat(second.source().group()).isNotEqualTo(first.source().group());
    assertThat(topics(second)).doesNotContainAnyElementsOf(topics(first));
  }

  private static List<String> topics(NelboConfig config) {
    return List.of(
        config.topics().anomalies(),
        config.topics().scores(),
        config.topics().deadLetters(),
        config.topics().models());
  }

  private static DemoInput input(Duration length) {
    Optional<Duration> change = PlantInput.changeIn(length);
    PlantConfig plant =
        new PlantConfig(1, 1, Duration.ofMinutes(5), Duration.ofHours(36), length, change);
    return PlantInput.of(plant, 100, 0, Duration.ofMinutes(1));
  }

  private static Instant at(int hours) {
    return PlantConfig.START.plus(Duration.ofHours(hours));
  }
}
