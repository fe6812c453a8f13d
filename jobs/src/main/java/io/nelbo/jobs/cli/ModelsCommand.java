package io.nelbo.jobs.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Parent of what is done with models by hand. */
@Command(
    name = "models",
    description = "List a detector's models, and choose by hand which one governs.",
    subcommands = {
      ModelsListCommand.class,
      ModelsPromoteCommand.class,
      ModelsRollbackCommand.class
    },
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "<action>")
final class ModelsCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new CommandLine.ParameterException(spec.commandLine(), "Missing action");
  }
}
