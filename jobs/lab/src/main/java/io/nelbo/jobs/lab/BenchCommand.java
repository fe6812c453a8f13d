package io.nelbo.jobs.lab;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Parent of the measurements. */
@Command(
    name = "bench",
    description = "Measure how fast this machine scores and trains.",
    subcommands = {
      BenchPipelineCommand.class,
      BenchDisturbancesCommand.class,
      BenchSwapsCommand.class,
      BenchSoakCommand.class,
      BenchScorerCommand.class,
      BenchTrainerCommand.class
    },
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "<measurement>")
public final class BenchCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new CommandLine.ParameterException(spec.commandLine(), "Missing measurement");
  }
}
