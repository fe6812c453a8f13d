package io.nelbo.jobs.cli;

import io.nelbo.jobs.config.NelboConfig;
import io.nelbo.jobs.json.Json;
import io.nelbo.jobs.kafka.KafkaConnectors;
import io.nelbo.jobs.models.ModelLedger;
import io.nelbo.jobs.stream.ModelNotice;
import io.nelbo.model.artifact.LocalArtifactStore;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Which models there are, and what became of them. */
@Command(
    name = "list",
    description = "List the models of model.store and what the model topic decided about them.",
    mixinStandardHelpOptions = true)
final class ModelsListCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ConfigOption config;

  @Option(names = "--json", description = "One JSON object per model.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    NelboConfig loaded = config.load();
    BrokerCheck.require(loaded, loaded.topics().models(), "");
    ModelLedger ledger =
        ModelLedger.of(
            loaded.model().id(),
            new LocalArtifactStore(Path.of(loaded.model().store()), loaded.model().maxBytes()),
            new KafkaConnectors(loaded, "models").modelHistory().read());
    PrintWriter out = spec.commandLine().getOut();
    if (!json && ledger.entries().isEmpty()) {
      out.printf(
          "no models of %s in %s, and none on %s%n",
          loaded.model().id(), loaded.model().store(), loaded.topics().models());
    }
    for (ModelLedger.Entry entry : ledger.entries()) {
      out.println(json ? Json.line(map(entry)) : line(entry));
    }
    return CommandLine.ExitCode.OK;
  }

  private static String line(ModelLedger.Entry entry) {
    return String.format(
            Locale.ROOT,
            "%s  %-9s  %-20s  %s%s",
            entry.version(),
            state(entry),
            entry
                .decision()
                .filter(ModelNotice::isActivation)
                .map(notice -> "from " + Instant.ofEpochMilli(notice.effectiveFromMillis()))
                .orElse(""),
            entry.decision().map(ModelNotice::reason).orElse("not announced"),
            entry.stored() ? "" : "  (not in the store)")
        .stripTrailing();
  }

  private static Map<String, Object> map(ModelLedger.Entry entry) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("version", entry.version());
    map.put("state", state(entry));
    map.put("stored", entry.stored());
    entry
        .decision()
        .ifPresent(
            notice -> {
              map.put("kind", notice.kind());
              map.put("trigger", notice.trigger());
              map.put("reason", notice.reason());
              map.put("rows", notice.rows());
              map.put("figures", notice.figures());
              if (notice.isActivation()) {
                map.put(
                    "effective_from",
                    Instant.ofEpochMilli(notice.effectiveFromMillis()).toString());
              }
            });
    return map;
  }

  private static String state(ModelLedger.Entry entry) {
    return entry.state().name().toLowerCase(Locale.ROOT);
  }
}
