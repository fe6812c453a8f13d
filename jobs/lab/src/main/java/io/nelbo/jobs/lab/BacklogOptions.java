package io.nelbo.jobs.lab;

import io.nelbo.jobs.bench.BacklogPlan;
import java.time.Duration;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What a measurement of jobs that work off a backlog can be told. */
final class BacklogOptions {
  @Option(
      names = "--records",
      defaultValue = "4000000",
      description = "Records that are preloaded and read in every run. Default: ${DEFAULT-VALUE}")
  private long records;

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

  @Mixin private BenchOptions bench;

  BenchOptions bench() {
    return bench;
  }

  BacklogPlan plan() {
    return new BacklogPlan(bench.plan(), records, Duration.ofSeconds(warmUpSeconds), runs);
  }
}
