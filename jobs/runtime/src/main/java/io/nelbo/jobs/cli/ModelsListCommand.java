package io.nelbo.jobs.cli;

import io.nelbo.jobs.json.Json;
import io.nelbo.jobs.models.Disagreement;
import io.nelbo.jobs.models.ModelLedger;
import java.io.PrintWriter;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Which models there are, and what became of them. */
@Command(
    name = "list",
    description =
        "List the models of model.store, what the model topic decided about them, and where the"
            + " two disagree. Without a broker it lists what the store holds, and ends with 1.",
    mixinStandardHelpOptions = true)
final class ModelsListCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ConfigOption config;

  @Option(names = "--json", description = "One JSON object per model.")
  private boolean json;

  @Option(
      names = "--all",
      description = "Also versions that were decided about and have left the store since.")
  private boolean all;

  @Override
  public Integer call() throws Exception {
    ModelsView view = ModelsView.asFarAsKnown(config.load());
    PrintWriter out = spec.commandLine().getOut();
    Map<String, Disagreement> disagreements =
        view.disagreements().stream()
            .collect(Collectors.toMap(Disagreement::version, found -> found));
    if (!json && view.ledger().entries().isEmpty()) {
      out.printf(
          "no models of %s in %s%s%n",
          view.config().model().id(),
          view.config().model().store(),
          view.unread().isEmpty() ? ", and none on " + view.config().topics().models() : "");
    }
    int gone = 0;
    for (ModelLedger.Entry entry : view.ledger().entries()) {
      if (!all && hasLeft(entry) && !disagreements.containsKey(entry.version())) {
        gone++;
        continue;
      }
      ModelSummary summary = view.summary(entry);
      out.println(
          json
              ? Json.line(summary.fields(Optional.ofNullable(disagreements.get(entry.version()))))
              : summary.line());
    }
    if (!json) {
      if (gone > 0) {
        out.printf("%d more, no longer in the store; --all lists them%n", gone);
      }
      for (Disagreement found : disagreements.values()) {
        out.printf("%ndisagreement: %s%n  %s%n", found.what(), found.remedy());
      }
    }
    return exitCode(view, spec);
  }

  /** Tells what could not be asked: half of an answer is none for a script. */
  static int exitCode(ModelsView view, CommandSpec spec) {
    view.remark().ifPresent(remark -> spec.commandLine().getErr().println("nelbo: " + remark));
    return view.unread().isEmpty() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
  }

  private static boolean hasLeft(ModelLedger.Entry entry) {
    return entry.artifact().isEmpty() && !entry.damaged();
  }
}
