package io.nelbo.jobs.cli;

import io.nelbo.jobs.bench.BenchPlan;
import io.nelbo.jobs.bench.BenchReport;
import io.nelbo.jobs.bench.PipelineBenchmark;
import io.nelbo.jobs.json.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.apache.flink.util.FileUtils;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures the score job against a pass-through. */
@Command(
    name = "pipeline",
    description = {
      "Measure the score job against a pass-through of bytes: same broker, topic, partitions,"
          + " guarantee and process, alternating runs after a warm-up of each, medians.",
      ""
    },
    mixinStandardHelpOptions = true)
final class BenchPipelineCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--records",
      defaultValue = "4000000",
      description = "Records that are preloaded and read in every run. Default: ${DEFAULT-VALUE}")
  private long records;

  @Option(
      names = "--features",
      defaultValue = "38",
      description = "Features per record. Default: ${DEFAULT-VALUE}")
  private int features;

  @Option(
      names = "--series",
      defaultValue = "1000",
      description = "Series that share the records. Default: ${DEFAULT-VALUE}")
  private int series;

  @Option(
      names = "--window",
      defaultValue = "1",
      description = "Records per window. Default: ${DEFAULT-VALUE}")
  private int window;

  @Option(
      names = "--parallelism",
      defaultValue = "1",
      description =
          "Partitions of every topic and subtasks of both jobs. Default: ${DEFAULT-VALUE}")
  private int parallelism;

  @Option(
      names = "--exactly-once",
      description = "Transactions in both jobs, instead of at-least-once.")
  private boolean exactlyOnce;

  @Option(
      names = "--scores",
      defaultValue = "all",
      description = "How much of the scores topic: all, sampled or off. Default: ${DEFAULT-VALUE}")
  private String scores;

  @Option(
      names = "--batch",
      defaultValue = "256",
      description = "Windows per native call. Default: ${DEFAULT-VALUE}")
  private int batch;

  @Option(
      names = "--warm-up",
      defaultValue = "10",
      paramLabel = "SECONDS",
      description = "At least this long for each job. Default: ${DEFAULT-VALUE}")
  private int warmUpSeconds;

  @Option(
      names = "--runs",
      defaultValue = "5",
      description = "Measured runs of each job. Default: ${DEFAULT-VALUE}")
  private int runs;

  @Option(names = "--seed", defaultValue = "1", description = "Default: ${DEFAULT-VALUE}")
  private long seed;

  @Option(names = "--json", description = "One JSON object instead of text.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    BenchPlan plan =
        new BenchPlan(
            records,
            features,
            series,
            window,
            parallelism,
            exactlyOnce,
            scores,
            batch,
            Duration.ofSeconds(warmUpSeconds),
            runs,
            seed);
    Path folder = Files.createTempDirectory("nelbo-bench");
    try {
      BenchReport report =
          new PipelineBenchmark(plan, folder, spec.commandLine().getErr()::println).run();
      print(report);
      return 0;
    } finally {
      FileUtils.deleteDirectory(folder.toFile());
    }
  }

  private void print(BenchReport report) {
    var out = spec.commandLine().getOut();
    if (json) {
      out.println(Json.line(report.asMap()));
      return;
    }
    report.asMap().forEach((key, value) -> out.printf("%-36s %s%n", key.replace('_', ' '), value));
    out.flush();
  }
}
