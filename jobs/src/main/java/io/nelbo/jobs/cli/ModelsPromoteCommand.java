package io.nelbo.jobs.cli;

import io.nelbo.jobs.config.NelboConfig;
import io.nelbo.jobs.models.ModelReferences;
import io.nelbo.schemas.ModelTrigger;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** A person decides for a model. */
@Command(
    name = "promote",
    description =
        "Activate a model of model.store, whatever the gate said: it governs the records after all"
            + " that the source topic holds, and the running job swaps it in.",
    mixinStandardHelpOptions = true)
final class ModelsPromoteCommand implements Callable<Integer> {
  static final ModelTrigger TRIGGER = ModelTrigger.PROMOTE;

  @Spec private CommandSpec spec;
  @Mixin private ConfigOption config;

  @Parameters(paramLabel = "REF", description = ModelReferences.MEANING)
  private String model;

  @Option(
      names = "--reason",
      defaultValue = "promoted by hand",
      paramLabel = "TEXT",
      description = "For those who read the model topic. Default: ${DEFAULT-VALUE}")
  private String reason;

  @Override
  public Integer call() throws Exception {
    NelboConfig loaded = config.load();
    ModelsView.requireStored(loaded, model);
    BrokerCheck.require(loaded, loaded.topics().models(), "");
    new ModelActivation(loaded, spec.commandLine().getOut()).activate(model, TRIGGER, reason);
    return CommandLine.ExitCode.OK;
  }
}
