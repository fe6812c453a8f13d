package io.nelbo.jobs.lab;

import io.nelbo.jobs.bench.PipelineBenchmark;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
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
  @Mixin private BacklogOptions options;

  @Override
  public Integer call() throws Exception {
    options
        .bench()
        .print(
            folder ->
                new PipelineBenchmark(options.plan(), folder, spec.commandLine().getErr()::println)
                    .run()
                    .asMap(),
            spec.commandLine().getOut());
    return 0;
  }
}
