package io.nelbo.jobs.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nelbo.jobs.config.ConfigLoader;
import io.nelbo.jobs.config.NelboConfig;
import io.nelbo.jobs.demo.plant.PlantConfig;
import io.nelbo.jobs.demo.view.LiveView;
import io.nelbo.jobs.lab.CommandProcess;
import io.nelbo.jobs.replay.result.ReplayFolder;
import io.nelbo.jobs.replay.result.ScoreRow;
import io.nelbo.jobs.store.ArtifactStores;
import io.nelbo.model.artifact.ArtifactStore;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.Help.Ansi;

/** The whole demo, small: four pumps for five days of theirs, a short training each. */
final class DemoRunIT {
  @TempDir private Path folder;

  @Test
  void theDemoLearnsANewNormalFindsFaultsAccountsForEveryRecordAndLeavesNothingBehind()
      throws Exception {
    Path work = Files.createDirectory(folder.resolve("work"));
    Path temporary = Files.createDirectory(folder.resolve("temporary"));

    int code =
        process(
            work,
            temporary,
            "demo --headless --port 0 --seed 1 --pumps 4 --days 5 --steps 1500 --speed 50000"
                + " --duration 3m --out out");

    assertThat(code).as(said()).isZero();
    JsonNode summary = new ObjectMapper().readTree(work.resolve("out/summary.json").toFile());
    long in = summary.get("records_in").asLong();
    assertThat(in).isEqualTo(4 * 2_880 * 5);
    assertThat(sum(summary, "scored", "unscored", "late", "dead_lettered")).isEqualTo(in);
    assertThat(summary.get("scored").asLong()).isPositive();
    assertThat(summary.get("faults_planted").asInt()).isGreaterThanOrEqualTo(5);
    assertThat(summary.get("faults_found").asInt()).isPositive();
    assertThat(summary.get("records_per_second").asDouble()).isPositive();
    assertThat(summary.fieldNames())
        .toIterable()
        .contains(
            "overdue", "series_days_after_first_model", "false_alarms_per_series_day", "seed");
    assertTheNewNormalIsLearned(summary);
    assertTheReplayOfItSaysTheSame(work.resolve("out"), summary);
    assertTheConfigurationThatIsLeftIsTrue(work);
    assertThat(filesIn(temporary)).isEmpty();
  }

  /** The regime changes in the middle of the third day; four of five slides end while it runs. */
  private void assertTheNewNormalIsLearned(JsonNode summary) throws IOException {
    assertThat(summary.get("decisions")).hasSize(5);
    JsonNode learned = summary.get("decisions").get(4);
    assertThat(learned.get("kind").asText())
        .as(learned.get("reason").asText())
        .isEqualTo("ACTIVATED");
    assertThat(learned.get("reason").asText()).contains("REGIME_CHANGE");
    assertThat(said()).contains("scores from here on, swapped in live");
    double asked = summary.at("/comparison/asked_per_series_day").asDouble();
    assertThat(summary.at("/comparison/hours_to_learn").asDouble()).isBetween(0.0, 48.0);
    assertThat(falseAlarms(summary, 0, "with_retraining")).isLessThan(asked);
    assertThat(falseAlarms(summary, 2, "with_retraining")).isLessThan(asked);
    assertThat(falseAlarms(summary, 0, "first_model_kept")).isLessThan(asked);
    assertThat(falseAlarms(summary, 2, "first_model_kept")).isGreaterThan(4 * asked);
  }

  private void assertTheReplayOfItSaysTheSame(Path out, JsonNode summary) throws IOException {
    ReplayFolder results = ReplayFolder.read(out.resolve("results"));
    assertThat(results.rows().stream().filter(ScoreRow::isScored).count())
        .isEqualTo(summary.get("scored").asLong());
    assertThat(results.episodes()).hasSize(summary.get("episodes").asInt());
    assertThat(results.metrics().get("models"))
        .asInstanceOf(InstanceOfAssertFactories.list(Object.class))
        .hasSize(summary.get("model_versions").size());
    assertThat(out.resolve("results/report.html")).isNotEmptyFile();
    assertThat(said()).contains("Look at " + Path.of("out/results/report.html"));
    try (Stream<Path> left = Files.list(out)) {
      assertThat(left.map(path -> path.getFileName().toString()))
          .containsExactlyInAnyOrder("config.yaml", "summary.json", "results");
    }
  }

  private static void assertTheConfigurationThatIsLeftIsTrue(Path work) throws IOException {
    NelboConfig config = new ConfigLoader().load(work.resolve("out/config.yaml"));
    ArtifactStore store = ArtifactStores.open(config.model());
    assertThat(store.list(config.model().id())).isNotEmpty();
    assertThat(filesIn(work.resolve("out/results/models")))
        .allMatch(file -> file.endsWith("model.json") || file.endsWith("weights.safetensors"));
  }

  private static double falseAlarms(JsonNode summary, int phase, String run) {
    return summary
        .at("/comparison/phases/%s/%s/false_alarms_per_series_day".formatted(phase, run))
        .asDouble();
  }

  @Test
  void aJobThatFailsEndsTheRunWithItsRootCause() throws Exception {
    Files.writeString(folder.resolve("checkpoints"), "a file where a folder should be");
    PlantConfig plant =
        new PlantConfig(
            1,
            1,
            Duration.ofMinutes(1),
            Duration.ofHours(2),
            Duration.ofHours(14),
            Optional.empty());
    DemoInput input = PlantInput.of(plant, 100, 0, Duration.ofMinutes(2));
    LiveView view = new LiveView(new PrintWriter(new StringWriter()), Ansi.OFF, false);
    DemoRun run =
        new DemoRun(
            input,
            folder,
            "0",
            view,
            Duration.ofMillis(100),
            new AtomicBoolean(),
            Optional.empty());

    assertThatThrownBy(run::run)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("Job ")
        .hasMessageContaining(folder.resolve("checkpoints").toString());
  }

  /** Exit code of a command in a process with a working and a temporary folder of its own. */
  private int process(Path work, Path temporary, String command) throws Exception {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    line.add("-Djava.io.tmpdir=" + temporary);
    line.add("-Dlog4j2.configurationFile=log4j2.properties"); // the product's, not the tests'
    line.addAll(List.of("-cp", System.getProperty("java.class.path")));
    line.add(CommandProcess.class.getName());
    line.addAll(List.of(command.split(" ")));
    Process process =
        new ProcessBuilder(line)
            .directory(work.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output().toFile())
            .start();
    try {
      assertThat(process.waitFor(8, TimeUnit.MINUTES)).as("it ends").isTrue();
      return process.exitValue();
    } finally {
      process.destroyForcibly();
    }
  }

  private Path output() {
    return folder.resolve("output.txt");
  }

  private String said() throws IOException {
    return Files.readString(output());
  }

  private static long sum(JsonNode summary, String... keys) {
    return Stream.of(keys).mapToLong(key -> summary.get(key).asLong()).sum();
  }

  private static List<String> filesIn(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> root.relativize(file).toString())
          .toList();
    }
  }
}
