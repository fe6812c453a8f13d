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

/** Measures gradient steps without a stream. */
@Command(
    name = "trainer",
    description = {
      "Measure how many records or images a second the engine trains on, by batch and latent"
          + " draws, on the CPU or a GPU, and how long sending, computing and receiving take.",
      ""
    },
    mixinStandardHelpOptions = true)
final class BenchTrainerCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private EngineOptions options;

  @Option(
      names = "--batches",
      split = ",",
      defaultValue = "128,1024,4096",
      description = "Windows per step, one after the other. Default: ${DEFAULT-VALUE}")
  private List<Integer> batches;

  @Option(
      names = "--draws",
      split = ",",
      defaultValue = "1,2",
      description = "Latent draws per window. Default: ${DEFAULT-VALUE}")
  private List<Integer> draws;

  @Option(
      names = "--importance-weighted",
      description = "The bound of Burda et al. 2016 with the draws as its k, instead of the ELBO.")
  private boolean importanceWeighted;

  @Override
  public Integer call() {
    for (int number : draws) {
      if (number < 1) {
        throw new ParameterException(spec.commandLine(), "--draws must be positive, got " + number);
      }
    }
    options.run(
        spec,
        EngineBenchmark.TRAINER,
        batches,
        draws,
        importanceWeighted ? Design.Objective.IWAE : Design.Objective.ELBO);
    return 0;
  }
}
