package io.nelbo.jobs.cli;

import io.nelbo.jobs.kafka.ModelAnnouncer;
import io.nelbo.jobs.models.Disagreement;
import io.nelbo.jobs.models.TopicRepair;
import io.nelbo.jobs.stream.ModelNotice;
import io.nelbo.model.artifact.PublishedArtifact;
import io.nelbo.schemas.ModelTrigger;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Brings the model topic into agreement with the store. */
@Command(
    name = "repair",
    description = {
      "Say how store and model topic disagree, and what would be announced from the store so that"
          + " they agree again; --apply announces it.",
      "",
      "A store that has moved: every activation from the first whose artifact lies elsewhere now is"
          + " repeated, with its own effective_from, so that the same models govern the same"
          + " records; all of them in one Kafka transaction. An incumbent that is lost or altered:"
          + " what the store holds of it, or the model before it, governs what is to come. A topic"
          + " without any activation: the newest model of the store does. The topic is only written"
          + " on, never rewritten.",
      ""
    },
    mixinStandardHelpOptions = true)
final class ModelsRepairCommand implements Callable<Integer> {
  static final ModelTrigger TRIGGER = ModelTrigger.REPAIR;

  @Spec private CommandSpec spec;
  @Mixin private ConfigOption config;

  @Option(names = "--apply", description = "Announce it. Without, nothing is written.")
  private boolean apply;

  @Override
  public Integer call() throws Exception {
    ModelsView view = ModelsView.of(config.load());
    PrintWriter out = spec.commandLine().getOut();
    for (Disagreement found : view.disagreements()) {
      out.println(found.what());
    }
    TopicRepair repair = TopicRepair.of(view.ledger());
    if (repair.isNothing()) {
      out.println("there is nothing to announce");
      return CommandLine.ExitCode.OK;
    }
    if (apply && !repair.repeated().isEmpty()) {
      new ModelAnnouncer(view.config()).announceTogether(repair.repeated());
    }
    repair.repeated().forEach(this::tell);
    if (repair.replacement().isPresent()) {
      replace(view, repair.replacement().get());
    }
    if (!repair.helpless().isEmpty()) {
      out.printf(
          "%s: bring one with 'nelbo models import DIR', or 'nelbo models promote REF'%n",
          repair.helpless());
      return CommandLine.ExitCode.SOFTWARE;
    }
    if (!apply) {
      out.println("nothing was written; --apply announces it");
    }
    return CommandLine.ExitCode.OK;
  }

  private void tell(ModelNotice notice) {
    spec.commandLine()
        .getOut()
        .printf(
            "%s %s again, in %s, governing from %s%n",
            apply ? "announced" : "would announce",
            notice.version(),
            notice.uri(),
            Instant.ofEpochMilli(notice.effectiveFromMillis()));
  }

  private void replace(ModelsView view, PublishedArtifact artifact) throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    if (!apply) {
      out.printf("would activate %s for records to come%n", artifact.version());
      return;
    }
    new ModelActivation(view.config(), out)
        .activate(
            artifact.version(),
            TRIGGER,
            "the store and the model topic disagreed, repaired by hand");
  }
}
