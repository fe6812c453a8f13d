package io.nelbo.jobs.cli;

import io.nelbo.jobs.config.NelboConfig;
import io.nelbo.jobs.json.Json;
import io.nelbo.jobs.models.ModelCard;
import io.nelbo.jobs.models.ModelReferences;
import io.nelbo.jobs.text.NumberText;
import io.nelbo.model.artifact.Manifest;
import io.nelbo.model.artifact.PublishedArtifact;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Two models side by side. */
@Command(
    name = "diff",
    description =
        "Show in what two models of model.store differ: settings, training span, rows,"
            + " calibration, and the figures that each had on its own held-out records. To compare"
            + " what they say of the same records, replay with each and use 'nelbo compare'.",
    mixinStandardHelpOptions = true)
final class ModelsDiffCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ConfigOption config;

  @Parameters(index = "0", paramLabel = "A", description = ModelReferences.MEANING)
  private String one;

  @Parameters(index = "1", paramLabel = "B", description = "Another one.")
  private String other;

  @Option(names = "--json", description = "One JSON object: a, b, differences, figures.")
  private boolean json;

  private record Side(PublishedArtifact artifact, Manifest manifest, Map<String, String> card) {
    String line(String heading) {
      return card.getOrDefault(heading, "-");
    }
  }

  @Override
  public Integer call() throws Exception {
    NelboConfig loaded = config.load();
    ModelsView.requireStored(loaded, one);
    ModelsView.requireStored(loaded, other);
    boolean asksTopic = List.of(one, other).contains(ModelReferences.INCUMBENT);
    ModelsView view = asksTopic ? ModelsView.of(loaded) : ModelsView.ofStore(loaded);
    Side a = side(view, one);
    Side b = side(view, other);
    Set<String> headings = new LinkedHashSet<>(a.card().keySet());
    headings.addAll(b.card().keySet());
    headings.removeIf(heading -> a.line(heading).equals(b.line(heading)));
    Set<String> figures = new TreeSet<>(a.manifest().figures().keySet());
    figures.addAll(b.manifest().figures().keySet());
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(Json.line(fields(a, b, headings, figures)));
    } else {
      print(out, a, b, headings, figures);
    }
    return CommandLine.ExitCode.OK;
  }

  private static Side side(ModelsView view, String reference) throws IOException {
    PublishedArtifact artifact = view.references().published(reference);
    Manifest manifest = view.store().load(artifact.uri(), artifact.sha256()).manifest();
    Map<String, String> card =
        new LinkedHashMap<>(
            ModelCard.of(manifest, artifact.sha256(), view.config().alert().budget()));
    manifest.figures().keySet().forEach(name -> card.remove(ModelCard.heading(name)));
    return new Side(artifact, manifest, card);
  }

  private static void print(
      PrintWriter out, Side a, Side b, Set<String> headings, Set<String> figures) {
    if (a.artifact().equals(b.artifact())) {
      out.printf("%s is the same model both times%n", a.artifact().version());
      return;
    }
    for (String heading : headings) {
      out.printf("%s%n  %s%n  %s%n", heading, a.line(heading), b.line(heading));
    }
    int width = figures.stream().mapToInt(String::length).max().orElse(0);
    String row = "  %-" + Math.max(1, width) + "s  %12s  %12s  %12s%n";
    out.printf("On held-out records, each on its own%n");
    out.printf(row, "", a.artifact().version(), b.artifact().version(), "difference");
    for (String name : figures) {
      double before = figure(a, name);
      double after = figure(b, name);
      out.printf(row, name.replace('_', ' '), text(before), text(after), text(after - before));
    }
  }

  private static String text(double figure) {
    return Double.isFinite(figure) ? NumberText.figure(figure) : "-";
  }

  private static double figure(Side side, String name) {
    return side.manifest().figures().getOrDefault(name, Double.NaN);
  }

  private static Map<String, Object> fields(
      Side a, Side b, Set<String> headings, Set<String> figures) {
    List<Map<String, Object>> differences = new ArrayList<>();
    for (String heading : headings) {
      differences.add(Map.of("what", heading, "a", a.line(heading), "b", b.line(heading)));
    }
    Map<String, Object> numbers = new LinkedHashMap<>();
    for (String name : figures) {
      Map<String, Object> both = new LinkedHashMap<>();
      put(both, "a", figure(a, name));
      put(both, "b", figure(b, name));
      numbers.put(name, both);
    }
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("a", a.artifact().version());
    fields.put("b", b.artifact().version());
    fields.put("differences", differences);
    fields.put("figures", numbers);
    return fields;
  }

  private static void put(Map<String, Object> fields, String name, double figure) {
    if (Double.isFinite(figure)) {
      fields.put(name, figure);
    }
  }
}
