package io.nelbo.jobs.cli;

import io.nelbo.jobs.config.NelboConfig;
import io.nelbo.jobs.kafka.KafkaConnectors;
import io.nelbo.jobs.models.ModelLedger;
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
  static final String TRIGGER = "rollback";

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
    BrokerCheck.require(loaded, loaded.topics().models(), "");
    String target = model == null ? previous(loaded) : model;
    new ModelActivation(loaded, spec.commandLine().getOut())
        .activate(target, TRIGGER, "rolled back by hand");
    return CommandLine.ExitCode.OK;
  }

  private static String previous(NelboConfig loaded) throws IOException {
    return ModelLedger.previous(new KafkaConnectors(loaded, "models").modelHistory().read())
        .orElseThrow(
            () ->
                new IOException(
                    "topic %s has activated no other model of %s before the incumbent: name one, 'nelbo models list' shows them"
                        .formatted(loaded.topics().models(), loaded.model().id())));
  }
}
