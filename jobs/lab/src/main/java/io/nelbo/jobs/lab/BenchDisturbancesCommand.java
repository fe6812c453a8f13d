package io.nelbo.jobs.lab;

import io.nelbo.jobs.bench.DisturbanceBenchmark;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Measures what goes on beside the score job costs it. */
@Command(
    name = "disturbances",
    description = {
      "Measure the score job alone, under attack by models that must be refused (ten a second),"
          + " under swaps (ten a second), and beside trainings in the same process: alternating"
          + " runs after a warm-up, medians, ratios to the job alone.",
      ""
    },
    mixinStandardHelpOptions = true)
final class BenchDisturbancesCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private BacklogOptions options;

  @Override
  public Integer call() throws Exception {
    options
        .bench()
        .print(
            folder ->
                new DisturbanceBenchmark(
                        options.plan(), folder, spec.commandLine().getErr()::println)
                    .run()
                    .asMap(),
            spec.commandLine().getOut());
    return 0;
  }
}
