package io.nelbo.jobs.cli;

import io.nelbo.jobs.config.NelboConfig;
import io.nelbo.jobs.json.Json;
import io.nelbo.jobs.models.ConfiguredModels;
import io.nelbo.jobs.models.Disagreement;
import io.nelbo.jobs.models.ModelLedger;
import io.nelbo.jobs.models.ModelReferences;
import io.nelbo.jobs.replay.report.ModelCard;
import io.nelbo.jobs.replay.report.NumberText;
import io.nelbo.jobs.retrain.ProvisionalModel;
import io.nelbo.jobs.stream.ModelNotice;
import io.nelbo.jobs.stream.TriggerWords;
import io.nelbo.model.artifact.ArtifactException;
import io.nelbo.model.artifact.Manifest;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** All that is known of one model. */
@Command(
    name = "show",
    description =
        "Show one model: what it was trained on and how, its figures on held-out records, its"
            + " calibration, and what the model topic says of it. Without a broker it shows what"
            + " the store holds, and ends with 1.",
    mixinStandardHelpOptions = true)
final class ModelsShowCommand implements Callable<Integer> {
  private static final int MOST_NAMED = 20;

  @Spec private CommandSpec spec;
  @Mixin private ConfigOption config;

  @Parameters(paramLabel = "REF", description = ModelReferences.MEANING)
  private String model;

  @Option(names = "--json", description = "One JSON object.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    NelboConfig loaded = config.load();
    ModelsView.requireReference(loaded, model);
    ModelsView view = ModelsView.asFarAsKnown(loaded);
    String version = view.references().version(model);
    ModelLedger.Entry entry =
        view.ledger().entry(version).orElseThrow(() -> new IOException(unknown(view, version)));
    Optional<Manifest> manifest = view.manifest(entry);
    List<String> warnings = warnings(view, entry, manifest);
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(Json.line(fields(view, entry, manifest, warnings)));
    } else {
      print(out, view, entry, manifest, warnings);
    }
    return ModelsListCommand.exitCode(view, spec);
  }

  private static String unknown(ModelsView view, String version) {
    List<String> known = view.ledger().entries().stream().map(ModelLedger.Entry::version).toList();
    String some =
        known.isEmpty()
            ? "none"
            : String.join(
                ", ", known.subList(Math.max(0, known.size() - MOST_NAMED), known.size()));
    String store = view.config().model().store();
    String id = view.config().model().id();
    return view.remark()
        .map(
            remark ->
                "%s has no %s of %s, it has %s; %s".formatted(store, version, id, some, remark))
        .orElseGet(
            () ->
                "neither %s nor topic %s knows %s of %s; what they know: %s"
                    .formatted(store, view.config().topics().models(), version, id, some));
  }

  private static void print(
      PrintWriter out,
      ModelsView view,
      ModelLedger.Entry entry,
      Optional<Manifest> manifest,
      List<String> warnings) {
    out.printf(
        "%s %s: %s%n",
        view.config().model().id(),
        entry.version(),
        new ModelSummary(entry, manifest, view.unread().isEmpty()).state());
    card(view.config(), entry, manifest)
        .forEach((heading, line) -> out.printf("  %s: %s%n", heading, line));
    if (view.unread().isEmpty()) {
      printDecisions(out, view, entry);
    }
    warnings.forEach(warning -> out.println("warning: " + warning));
  }

  private static void printDecisions(PrintWriter out, ModelsView view, ModelLedger.Entry entry) {
    out.printf(
        "%s%n",
        entry.decisions().isEmpty()
            ? "Topic %s does not speak of it".formatted(view.config().topics().models())
            : "Topic %s".formatted(view.config().topics().models()));
    for (ModelNotice notice : entry.decisions()) {
      out.printf(
          "  offset %d, %s: %s%s%s%n",
          notice.offset(),
          NumberText.time(notice.decidedAtMillis()),
          notice.kind(),
          notice.isActivation()
              ? " from " + Instant.ofEpochMilli(notice.effectiveFromMillis())
              : "",
          " by "
              + TriggerWords.of(notice.trigger())
              + (notice.reason().isEmpty() ? "" : ", " + notice.reason()));
    }
  }

  private static Map<String, String> card(
      NelboConfig loaded, ModelLedger.Entry entry, Optional<Manifest> manifest) {
    Map<String, String> card = new LinkedHashMap<>();
    manifest.ifPresent(
        known ->
            card.putAll(
                ModelCard.of(
                    known, entry.artifact().orElseThrow().sha256(), loaded.alert().budget())));
    entry.artifact().ifPresent(artifact -> card.put("Lies in", artifact.uri()));
    return card;
  }

  private static List<String> warnings(
      ModelsView view, ModelLedger.Entry entry, Optional<Manifest> manifest) {
    List<String> warnings = new ArrayList<>();
    if (manifest.isPresent()) {
      try {
        ConfiguredModels.accepted(view.config()).requireShape(manifest.get());
      } catch (ArtifactException refused) {
        warnings.add("refused by the score job: " + refused.getMessage());
      }
      ProvisionalModel.remark(manifest.get().calibration(), view.config().alert().budget())
          .ifPresent(warnings::add);
    }
    for (Disagreement found : view.disagreements()) {
      if (found.version().equals(entry.version())) {
        warnings.add(found.what() + "; " + found.remedy());
      }
    }
    return warnings;
  }

  private static Map<String, Object> fields(
      ModelsView view,
      ModelLedger.Entry entry,
      Optional<Manifest> manifest,
      List<String> warnings) {
    Map<String, Object> fields =
        new LinkedHashMap<>(
            new ModelSummary(entry, manifest, view.unread().isEmpty()).fields(Optional.empty()));
    List<Map<String, Object>> decisions = new ArrayList<>();
    for (ModelNotice notice : entry.decisions()) {
      Map<String, Object> decision = new LinkedHashMap<>();
      decision.put("offset", notice.offset());
      decision.put("decided_at", Instant.ofEpochMilli(notice.decidedAtMillis()).toString());
      if (notice.isActivation()) {
        decision.put(
            "effective_from", Instant.ofEpochMilli(notice.effectiveFromMillis()).toString());
      }
      decision.putAll(ModelSummary.fields(notice));
      decisions.add(decision);
    }
    fields.put("model", view.config().model().id());
    manifest.ifPresent(known -> fields.put("held_out_figures", known.figures()));
    fields.put("card", card(view.config(), entry, manifest));
    fields.put("decisions", decisions);
    fields.put("warnings", warnings);
    return fields;
  }
}
