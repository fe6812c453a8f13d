package io.nelbo.jobs.lab;

import io.nelbo.jobs.bench.BenchPlan;
import io.nelbo.jobs.json.Json;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.flink.util.FileUtils;
import picocli.CommandLine.Option;

/** What every measurement can be told: of the stream, of the job, and how to print. */
final class BenchOptions {
  /** One measurement in a folder of its own. */
  @FunctionalInterface
  interface Measurement {
    /** Returns what is printed, in this order. */
    Map<String, Object> run(Path folder) throws Exception;
  }

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

  @Option(names = "--seed", defaultValue = "1", description = "Default: ${DEFAULT-VALUE}")
  private long seed;

  @Option(names = "--json", description = "One JSON object instead of text.")
  private boolean json;

  /** What the options say of the stream and the job. */
  BenchPlan plan() {
    return new BenchPlan(features, series, window, parallelism, exactlyOnce, scores, batch, seed);
  }

  /** Measures in a folder that is gone afterwards, and prints what came of it. */
  void print(Measurement measurement, PrintWriter out) throws Exception {
    Path folder = Files.createTempDirectory("nelbo-bench");
    try {
      Map<String, Object> report = measurement.run(folder);
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
