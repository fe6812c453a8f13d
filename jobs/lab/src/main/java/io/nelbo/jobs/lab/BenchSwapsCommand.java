package io.nelbo.jobs.lab;

import io.nelbo.jobs.bench.SwapBenchmark;
import io.nelbo.jobs.bench.SwapPlan;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures what swaps and trainings do to the latency of records. */
@Command(
    name = "swaps",
    description = {
      "Measure on a live stream how long records wait for their scores: in the second before each"
          + " swap, in the second from it on, and beside trainings in the same process.",
      ""
    },
    mixinStandardHelpOptions = true)
final class BenchSwapsCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private BenchOptions options;

  @Option(
      names = "--rate",
      defaultValue = "5000",
      description = "Records per second; the job must keep up. Default: ${DEFAULT-VALUE}")
  private double rate;

  @Option(
      names = "--warm-up",
      defaultValue = "20",
      paramLabel = "SECONDS",
      description = "Before anything is measured. Default: ${DEFAULT-VALUE}")
  private int warmUpSeconds;

  @Option(
      names = "--swaps",
      defaultValue = "40",
      description = "Announcements of another model. Default: ${DEFAULT-VALUE}")
  private int swaps;

  @Option(
      names = "--every",
      defaultValue = "4",
      paramLabel = "SECONDS",
      description = "From one announcement to the next, more than two. Default: ${DEFAULT-VALUE}")
  private int everySeconds;

  @Option(
      names = "--training",
      defaultValue = "60",
      paramLabel = "SECONDS",
      description = "Then one training follows another for so long. Default: ${DEFAULT-VALUE}")
  private int trainingSeconds;

  @Override
  public Integer call() throws Exception {
    SwapPlan plan;
    try {
      plan =
          new SwapPlan(
              options.plan(),
              rate,
              Duration.ofSeconds(warmUpSeconds),
              swaps,
              Duration.ofSeconds(everySeconds),
              Duration.ofSeconds(trainingSeconds));
    } catch (IllegalArgumentException wrong) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), String.valueOf(wrong.getMessage()), wrong);
    }
    options.print(
        folder ->
            new SwapBenchmark(plan, folder, spec.commandLine().getErr()::println).run().asMap(),
        spec.commandLine().getOut());
    return 0;
  }
}
