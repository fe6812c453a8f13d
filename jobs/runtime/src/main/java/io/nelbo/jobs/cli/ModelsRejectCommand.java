package io.nelbo.jobs.cli;

import io.nelbo.jobs.config.NelboConfig;
import io.nelbo.jobs.kafka.ModelAnnouncer;
import io.nelbo.jobs.models.ModelLedger;
import io.nelbo.jobs.models.ModelReferences;
import io.nelbo.jobs.stream.ModelNotice;
import io.nelbo.jobs.stream.NewNotice;
import io.nelbo.model.artifact.Provenance;
import io.nelbo.model.artifact.PublishedArtifact;
import io.nelbo.schemas.ModelTrigger;
import java.io.IOException;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** A person decides against a model. */
@Command(
    name = "reject",
    description =
        "Announce that a candidate shall not govern, for example one that waits under retrain.gate"
            + " manual. Its artifact stays in the store until model.keep newer ones are there.",
    mixinStandardHelpOptions = true)
final class ModelsRejectCommand implements Callable<Integer> {
  static final ModelTrigger TRIGGER = ModelTrigger.REJECT;

  @Spec private CommandSpec spec;
  @Mixin private ConfigOption config;

  @Parameters(paramLabel = "REF", description = ModelReferences.MEANING)
  private String model;

  @Option(
      names = "--reason",
      defaultValue = "rejected by hand",
      paramLabel = "TEXT",
      description = "For those who read the model topic. Default: ${DEFAULT-VALUE}")
  private String reason;

  @Override
  public Integer call() throws Exception {
    NelboConfig loaded = config.load();
    ModelsView.requireStored(loaded, model);
    ModelsView view = ModelsView.of(loaded);
    PublishedArtifact artifact = view.references().published(model);
    ModelLedger.Entry entry = view.ledger().entry(artifact.version()).orElseThrow();
    requireUndecided(view, entry);
    new ModelAnnouncer(view.config()).announce(rejection(view, artifact, entry));
    spec.commandLine()
        .getOut()
        .printf(
            "%s is rejected; 'nelbo models promote %s' would still activate it%n",
            artifact.version(), artifact.version());
    return CommandLine.ExitCode.OK;
  }

  private static void requireUndecided(ModelsView view, ModelLedger.Entry entry)
      throws IOException {
    String version = entry.version();
    switch (entry.state()) {
      case INCUMBENT ->
          throw new IOException(
              view.ledger().before().isEmpty()
                  ? "%s is the incumbent, and there is none before it: promote another model with 'nelbo models promote REF'"
                      .formatted(version)
                  : "%s is the incumbent: 'nelbo models rollback' goes back to %s, 'nelbo models promote REF' to another one"
                      .formatted(version, view.ledger().before().get(0)));
      case RETIRED ->
          throw new IOException(
              "%s has governed already and governs nothing that is to come: %s is the incumbent"
                  .formatted(version, view.ledger().incumbent().orElseThrow().version()));
      case REJECTED ->
          throw new IOException(
              "%s was rejected already: %s"
                  .formatted(version, entry.decision().orElseThrow().reason()));
      case WAITING, CANDIDATE -> {}
    }
  }

  private ModelNotice rejection(
      ModelsView view, PublishedArtifact artifact, ModelLedger.Entry entry) throws IOException {
    Provenance.Records trained =
        view.store().load(artifact.uri(), artifact.sha256()).manifest().provenance().records();
    Optional<ModelNotice> waiting = entry.decision();
    ModelNotice rejected =
        NewNotice.rejection(
            artifact,
            new ModelNotice.Span(trained.startMillis(), trained.endMillis(), trained.count()),
            waiting.map(ModelNotice::heldOutNegativeElbo).orElse(Double.NaN),
            ModelNotice.Why.of(TRIGGER, reason),
            Clock.systemUTC().millis());
    return waiting.map(known -> rejected.withCompared(known.compared())).orElse(rejected);
  }
}
