package io.nelbo.jobs.cli;

import io.nelbo.jobs.config.NelboConfig;
import io.nelbo.schemas.ModelTrigger;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Back to the model before. */
@Command(
    name = "rollback",
    description =
        "Activate the model that governed before the incumbent, or another one, for the records"
            + " after all that the source topic holds. What was scored already stays.",
    mixinStandardHelpOptions = true)
final class ModelsRollbackCommand implements Callable<Integer> {
  static final ModelTrigger TRIGGER = ModelTrigger.ROLLBACK;

  @Spec private CommandSpec spec;
  @Mixin private ConfigOption config;

  @Parameters(
      arity = "0..1",
      paramLabel = "REF",
      description = "A version like v000042. Default: the one activated before the incumbent")
  private @Nullable String model;

  @Override
  public Integer call() throws Exception {
    NelboConfig loaded = config.load();
    if (model != null) {
      ModelsView.requireStored(loaded, model);
    }
    ModelsView view = ModelsView.of(loaded);
    String target = model == null ? previous(view) : model;
    new ModelActivation(view.config(), spec.commandLine().getOut())
        .activate(target, TRIGGER, "rolled back by hand");
    return CommandLine.ExitCode.OK;
  }

  private static String previous(ModelsView view) throws IOException {
    if (view.ledger().before().isEmpty()) {
      throw new IOException(
          "topic %s has activated no other model of %s before the incumbent: name one, 'nelbo models list' shows them"
              .formatted(view.config().topics().models(), view.config().model().id()));
    }
    return view.ledger().before().get(0);
  }
}
