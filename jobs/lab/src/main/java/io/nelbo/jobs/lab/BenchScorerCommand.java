package io.nelbo.jobs.lab;

import io.nelbo.jobs.bench.EngineBenchmark;
import io.nelbo.model.fit.Design;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Measures scoring without Kafka and Flink. */
@Command(
    name = "scorer",
    description = {
      "Measure how many records or images a second the engine scores, by batch and latent draws,"
          + " on the CPU or a GPU, and how long sending, computing and receiving take.",
      ""
    },
    mixinStandardHelpOptions = true)
final class BenchScorerCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private EngineOptions options;

  @Option(
      names = "--batches",
      split = ",",
      defaultValue = "256,1024,4096,16384,65536",
      description = "Windows per call, one after the other. Default: ${DEFAULT-VALUE}")
  private List<Integer> batches;

  @Option(
      names = "--draws",
      split = ",",
      defaultValue = "2,4,16",
      description = "Latent draws per score, even. Default: ${DEFAULT-VALUE}")
  private List<Integer> draws;

  @Override
  public Integer call() {
    for (int number : draws) {
      if (number < 2 || number % 2 == 1) {
        throw new ParameterException(
            spec.commandLine(), "--draws must be even (antithetic pairs), got " + number);
      }
    }
    options.run(spec, EngineBenchmark.SCORER, batches, draws, Design.Objective.ELBO);
    return 0;
  }
}
