package io.nelbo.jobs.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nelbo.jobs.demo.plant.PlantConfig;
import io.nelbo.jobs.demo.view.LiveView;
import io.nelbo.jobs.testing.CommandProcess;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.Help.Ansi;

/** The whole demo, small: two pumps for two and a half days of theirs, a short training. */
final class DemoRunIT {
  @TempDir private Path folder;

  @Test
  void theDemoTrainsFindsFaultsAccountsForEveryRecordAndLeavesNothingBehind() throws Exception {
    Path work = Files.createDirectory(folder.resolve("work"));
    Path temporary = Files.createDirectory(folder.resolve("temporary"));

    int code =
        process(
            work,
            temporary,
            "demo --headless --port 0 --seed 1 --pumps 2 --days 2.7 --steps 600 --speed 20000"
                + " --duration 3m --out out");

    assertThat(code).as(said()).isZero();
    JsonNode summary = new ObjectMapper().readTree(work.resolve("out/summary.json").toFile());
    long in = summary.get("records_in").asLong();
    assertThat(in).isEqualTo(2 * 2_880 * 27 / 10);
    assertThat(sum(summary, "scored", "unscored", "late", "dead_lettered")).isEqualTo(in);
    assertThat(summary.get("model_versions")).hasSize(1);
    assertThat(summary.get("scored").asLong()).isPositive();
    assertThat(summary.get("faults_planted").asInt()).isGreaterThanOrEqualTo(5);
    assertThat(summary.get("faults_found").asInt()).isPositive();
    assertThat(summary.get("records_per_second").asDouble()).isPositive();
    assertThat(summary.fieldNames())
        .toIterable()
        .contains(
            "overdue", "series_days_after_first_model", "false_alarms_per_series_day", "seed");
    assertThat(filesIn(work)).containsExactlyInAnyOrder("out/config.yaml", "out/summary.json");
    assertThat(filesIn(temporary)).isEmpty();
  }

  @Test
  void aJobThatFailsEndsTheRunWithItsRootCause() throws Exception {
    Files.writeString(folder.resolve("checkpoints"), "a file where a folder should be");
    PlantConfig plant =
        new PlantConfig(1, 1, Duration.ofMinutes(1), Duration.ofHours(2), Duration.ofHours(14));
    DemoInput input = PlantInput.of(plant, 100, 0, Duration.ofMinutes(2));
    LiveView view = new LiveView(new PrintWriter(new StringWriter()), Ansi.OFF, false);
    DemoRun run =
        new DemoRun(input, folder, "0", view, Duration.ofMillis(100), new AtomicBoolean());

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
      assertThat(process.waitFor(4, TimeUnit.MINUTES)).as("it ends").isTrue();
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
