package io.nelbo.jobs.lab;

import io.nelbo.jobs.evaluate.EvaluationReport;
import java.io.PrintWriter;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;

/** The figures of an evaluation as a table: sets, the mean, and the baselines below. */
final class EvaluationText {
  private static final int LEAST_COLUMN = 9;

  private final PrintWriter out;

  EvaluationText(PrintWriter out) {
    this.out = out;
  }

  void print(EvaluationReport report) {
    Set<String> metrics = new LinkedHashSet<>(report.mean().keySet());
    report.sets().values().forEach(figures -> metrics.addAll(figures.keySet()));
    int names = widest(report.sets().keySet());
    out.printf("%s, version %s%n", report.suite(), report.version());
    report.config().forEach((key, value) -> out.printf("  %s: %s%n", key, value));
    out.println();
    row(names, "", metrics, metric -> metric);
    report.sets().forEach((set, figures) -> figures(names, set, metrics, figures));
    figures(names, "nelbo", metrics, report.mean());
    if (!report.spread().isEmpty()) {
      figures(names, "  +- over seeds", metrics, report.spread());
    }
    report.baselines().forEach((name, figures) -> figures(names, name, metrics, figures));
    out.println();
    report.notes().forEach(note -> out.println("note: " + note));
    out.printf(Locale.ROOT, "%.1f s%n", report.seconds());
    out.flush();
  }

  private void figures(
      int names, String name, Set<String> metrics, Map<String, OptionalDouble> figures) {
    row(names, name, metrics, metric -> text(figures.getOrDefault(metric, OptionalDouble.empty())));
  }

  private void row(int names, String name, Set<String> metrics, CellOf cellOf) {
    StringBuilder line = new StringBuilder(String.format("%-" + names + "s", name));
    for (String metric : metrics) {
      int width = Math.max(LEAST_COLUMN, metric.length());
      line.append(String.format("  %" + width + "s", cellOf.cell(metric)));
    }
    out.println(line.toString().stripTrailing());
  }

  /** One cell of a row. */
  private interface CellOf {
    String cell(String metric);
  }

  private static String text(OptionalDouble value) {
    return value.isPresent() ? String.format(Locale.ROOT, "%.4f", value.getAsDouble()) : "-";
  }

  private static int widest(Collection<String> names) {
    return Math.max(16, names.stream().mapToInt(String::length).max().orElse(0));
  }
}
