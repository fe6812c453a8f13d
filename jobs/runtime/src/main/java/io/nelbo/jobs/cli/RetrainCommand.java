package io.nelbo.jobs.cli;

import io.nelbo.jobs.config.NelboConfig;
import io.nelbo.jobs.retrain.job.RetrainJob;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Runs the retraining job. */
@Command(
    name = "retrain",
    description = {
      "Train on the records of the source topic and announce each decision on the model topic.",
      "Runs Flink in this process, beside 'score'; under 'flink run' it is a job of that cluster.",
      ""
    },
    mixinStandardHelpOptions = true)
public final class RetrainCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ConfigOption config;
  @Mixin private RunOptions options;

  @Override
  public Integer call() throws Exception {
    // Under 'flink run' this is not the machine that trains, and may lack its files.
    NelboConfig loaded = Nelbo.isOwnProcess() ? config.loadWithFiles() : config.load();
    options.run("retrain", loaded, RetrainJob::define, spec.commandLine().getErr());
    return CommandLine.ExitCode.OK;
  }
}
