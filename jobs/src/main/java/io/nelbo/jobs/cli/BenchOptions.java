package io.nelbo.jobs.cli;

import io.nelbo.jobs.bench.BenchPlan;
import io.nelbo.jobs.json.Json;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.apache.flink.util.FileUtils;
import picocli.CommandLine.Option;

/** What every measurement of a job can be told. */
final class BenchOptions {
  /** One measurement in a folder of its own. */
  @FunctionalInterface
  interface Measurement {
    /** Returns what is printed, in this order. */
    Map<String, Object> run(BenchPlan plan, Path folder) throws Exception;
  }

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
          "Partitions of every topic and subtasks of every job. Default: ${DEFAULT-VALUE}")
  private int parallelism;

  @Option(
      names = "--exactly-once",
      description = "Transactions in every job, instead of at-least-once.")
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

  /** Measures, and prints what came of it. */
  void run(Measurement measurement, PrintWriter out) throws Exception {
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
      Map<String, Object> report = measurement.run(plan, folder);
      if (json) {
        out.println(Json.line(report));
      } else {
        report.forEach((key, value) -> out.printf("%-36s %s%n", key.replace('_', ' '), value));
      }
      out.flush();
    } finally {
      FileUtils.deleteDirectory(folder.toFile());
    }
  }
}
