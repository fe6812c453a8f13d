package io.nelbo.jobs.cli;

import io.nelbo.jobs.evaluate.EvaluationReport;
import io.nelbo.jobs.evaluate.Summary;
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
    out.printf("%s, version %s%n", report.run().suite(), report.run().version());
    report.run().config().forEach((key, value) -> out.printf("  %s: %s%n", key, value));
    out.println();
    row(names, "", metrics, metric -> metric);
    report.sets().forEach((set, figures) -> figures(names, set, metrics, figures));
    int sets = report.sets().size();
    figures(names, "nelbo" + over(report.detector(), sets), metrics, report.mean());
    if (!report.spread().isEmpty()) {
      figures(names, "  +- over seeds", metrics, report.spread());
    }
    report
        .baselineSummaries()
        .forEach((name, own) -> figures(names, name + over(own, sets), metrics, own.figures()));
    out.println();
    report
        .failures()
        .forEach(one -> out.printf("failed: %s, %s: %s%n", one.set(), one.part(), one.reason()));
    report.notes().forEach(note -> out.println("note: " + note));
    out.printf(Locale.ROOT, "%.1f s%n", report.run().seconds());
    out.flush();
  }

  /** Over how many sets a summary is taken, where it is not all. */
  private static String over(Summary summary, int all) {
    if (summary.least() == all) {
      return "";
    }
    return summary.least() == summary.most()
        ? String.format(" (%d of %d)", summary.most(), all)
        : String.format(" (%d..%d of %d)", summary.least(), summary.most(), all);
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
    return Math.max(24, names.stream().mapToInt(String::length).max().orElse(0));
  }
}
