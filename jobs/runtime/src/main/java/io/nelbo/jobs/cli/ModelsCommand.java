package io.nelbo.jobs.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Parent of what is done with models by hand. */
@Command(
    name = "models",
    description =
        "See a detector's models, choose by hand which one governs, and carry them around.",
    subcommands = {
      ModelsListCommand.class,
      ModelsShowCommand.class,
      ModelsDiffCommand.class,
      ModelsPromoteCommand.class,
      ModelsRollbackCommand.class,
      ModelsRejectCommand.class,
      ModelsExportCommand.class,
      ModelsImportCommand.class,
      ModelsRepairCommand.class
    },
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "<action>")
public final class ModelsCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new CommandLine.ParameterException(spec.commandLine(), "Missing action");
  }
}
