package io.nelbo.jobs.lab;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The measurements of the engine alone, for a moment each. */
final class BenchEngineCommandTest {
  private static final List<String> BRIEFLY =
      List.of("--device", "cpu", "--warm-up", "0", "--seconds", "0", "--batches", "8,40");

  @ParameterizedTest
  @CsvSource({
    "scorer, sensors, records, 38",
    "scorer, images, images, 784",
    "trainer, sensors, records, 38",
    "trainer, images, images, 784"
  })
  void printsARateAndTheStagesOfEveryCombination(
      String measurement, String network, String unit, int features) throws Exception {
    Outcome outcome = bench(measurement, "--network", network, "--draws", "2,4", "--json");

    assertThat(outcome.err()).contains("batch 40, 4 draws");
    assertThat(outcome.code()).isZero();
    JsonNode report = new ObjectMapper().readTree(outcome.out());
    assertThat(report.get("device").asText()).isEqualTo("cpu");
    assertThat(report.get("features").asInt()).isEqualTo(features);
    assertThat(report.get("results")).hasSize(4);
    for (JsonNode result : report.get("results")) {
      assertThat(result.get(unit + "_per_second").asDouble()).isPositive();
      assertThat(result.get("gigaflops").asDouble()).isPositive();
      assertThat(result.get("compute_millis").asDouble()).isPositive();
    }
  }

  @Test
  void trainsOnTheImportanceWeightedBoundToo() {
    Outcome outcome =
        bench("trainer", "--network", "images", "--draws", "5", "--importance-weighted");

    assertThat(outcome.code()).isZero();
    assertThat(outcome.out()).startsWith("on cpu: as configured\n").contains("images per second");
  }

  @Test
  void whatCannotBeMeasuredIsRefused() {
    assertThat(bench("scorer", "--draws", "3").err())
        .startsWith("--draws must be even (antithetic pairs), got 3\n");
    assertThat(bench("trainer", "--draws", "0").err())
        .startsWith("--draws must be positive, got 0\n");
    assertThat(bench("trainer", "--network", "sounds").err())
        .startsWith("--network must be sensors or images, got 'sounds'\n");
    assertThat(Outcome.of("bench", "scorer", "--batches", "4").err())
        .startsWith("--batches must be at least 8, got 4\n");
    assertThat(Outcome.of("bench", "scorer", "--device", "gpu:99").err())
        .startsWith("nelbo: device gpu:99 does not exist: the engine sees");
  }

  private static Outcome bench(String measurement, String... more) {
    List<String> arguments = new ArrayList<>(List.of("bench", measurement));
    arguments.addAll(BRIEFLY);
    arguments.addAll(List.of(more));
    return Outcome.of(arguments.toArray(String[]::new));
  }
}
