package io.nelbo.jobs.demo.view;

import io.nelbo.jobs.demo.csv.TrainingPart;
import io.nelbo.jobs.demo.judge.Comparison;
import io.nelbo.jobs.demo.judge.Decision;
import io.nelbo.jobs.demo.judge.DemoSummary;
import io.nelbo.jobs.demo.judge.Fates;
import io.nelbo.jobs.demo.judge.FaultOutcome;
import io.nelbo.jobs.demo.judge.Ranking;
import io.nelbo.jobs.demo.judge.Verdict;
import io.nelbo.jobs.demo.plant.FaultKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Help.Ansi;

/** The summary as people read it, 80 columns wide at most. */
public final class SummaryText {
  private static final int WIDTH = 80;
  private static final int NAME = 19;
  private static final int DECISION_INDENT = 17;

  private final DemoSummary summary;
  private final Ansi ansi;

  public SummaryText(DemoSummary summary, Ansi ansi) {
    this.summary = summary;
    this.ansi = ansi;
  }

  /** Lines without a line end. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.add(ansi.string("@|bold Summary|@"));
    if (!summary.detection().verdict().outcomes().isEmpty()) {
      faults(lines);
    }
    summary.inspection().ifPresent(value -> lines.addAll(new InspectionText(value, ansi).lines()));
    summary.comparison().ifPresent(value -> lines.addAll(new ComparisonText(value, ansi).lines()));
    decisions(lines);
    lines.add("");
    if (summary.detection().verdict().outcomes().isEmpty()) {
      line(lines, "Episodes", "%,d", summary.detection().episodes());
    } else {
      line(
          lines,
          "Episodes",
          "%,d in %s series-days, of which %,d overlap no fault",
          summary.detection().episodes(),
          LiveView.digits(summary.detection().seriesDays()),
          summary.detection().verdict().falseAlarms().size());
    }
    ranking(lines);
    summary.training().ifPresent(part -> training(lines, part));
    Fates fates = summary.flow().fates();
    line(
        lines,
        "Records",
        "%,d in = %,d scored + %,d unscored + %,d late\n%19s+ %,d dead letters",
        summary.flow().recordsIn(),
        fates.scored(),
        fates.unscored(),
        fates.late(),
        "",
        fates.deadLettered());
    reasons(lines, "unscored", fates.unscoredBy());
    reasons(lines, "dead letters", fates.deadLettersBy());
    if (!summary.flow().isBalanced()) {
      String warning = "records in and their fates differ by %,d%s";
      String stopped = summary.flow().complete() ? "" : "; stopped before all were seen";
      lines.add(
          ansi.string(
              "@|bold,red %-18s %s|@"
                  .formatted("WARNING", warning.formatted(summary.flow().unaccounted(), stopped))));
    }
    line(
        lines,
        "Speed",
        "%,.0f records per second, fed over %d s",
        summary.flow().recordsPerSecond(),
        summary.flow().feeding().toSeconds());
    summary
        .inspection()
        .ifPresent(
            value ->
                line(
                    lines,
                    "",
                    "%,.0f images scored per second, beside the trainings",
                    value.imagesPerSecond()));
    return lines;
  }

  private static void training(List<String> lines, TrainingPart part) {
    line(
        lines,
        "Training part",
        "%,d rows until %s = %,d trained on%s",
        part.rows(),
        LiveView.time(part.border()),
        part.trained(),
        part.leftOut().entrySet().stream()
            .map(reason -> "\n%19s+ %,d %s".formatted("", reason.getValue(), reason.getKey()))
            .collect(Collectors.joining()));
  }

  private static void reasons(List<String> lines, String fate, Map<String, Long> counts) {
    if (!counts.isEmpty()) {
      String each =
          counts.entrySet().stream()
              .map(reason -> "%,d %s".formatted(reason.getValue(), reason.getKey()))
              .collect(Collectors.joining(", "));
      Wrapped.lines(fate + ": " + each, WIDTH - NAME)
          .forEach(words -> lines.add(" ".repeat(NAME) + words));
    }
  }

  private void ranking(List<String> lines) {
    Ranking ranking = summary.detection().ranking();
    ranking.auroc().ifPresent(value -> line(lines, "AUROC", "%.3f", value));
    ranking.averagePrecision().ifPresent(value -> line(lines, "Average precision", "%.3f", value));
    if (ranking.auroc().isPresent()) {
      String over =
          String.format(
              Locale.ROOT,
              "over all %,d scored records with a label, %,d anomalous and %,d normal%s",
              ranking.labelled(),
              ranking.anomalous(),
              ranking.normal(),
              summary.comparison().flatMap(Comparison::learning).isEmpty()
                  ? ""
                  : "; those before the new normal was learned are among them");
      Wrapped.lines(over, WIDTH - NAME).forEach(words -> lines.add(" ".repeat(NAME) + words));
    }
  }

  private void faults(List<String> lines) {
    lines.add(
        row(
            "planted fault",
            "planted",
            "found",
            "in alarm",
            "median delay",
            "longest",
            "in range"));
    for (Map.Entry<FaultKind, Verdict.KindResult> kind :
        summary.detection().verdict().byKind().entrySet()) {
      Verdict.KindResult result = kind.getValue();
      lines.add(
          row(
              kind.getKey().words(),
              "" + result.planted(),
              "" + result.found(),
              "" + result.inOpenAlarm(),
              result.found() == 0 ? "-" : text(result.median()),
              result.found() == 0 ? "-" : text(result.longest()),
              "" + inRange(kind.getKey())));
    }
    int planted = summary.detection().verdict().outcomes().size();
    long inRange =
        summary.detection().verdict().outcomes().stream()
            .filter(o -> o.fault().insideNormalRange())
            .count();
    Verdict verdict = summary.detection().verdict();
    String total =
        row(
            "all",
            "" + planted,
            "" + verdict.found(),
            "" + verdict.inOpenAlarm(),
            "",
            "",
            "" + inRange);
    lines.add(ansi.string("@|bold " + total + "|@"));
    lines.add("in range: inside every sensor's own normal range, so no limit per sensor sees it");
    lines.add("in alarm: its pump alarmed already when it began, so it opened none of its own");
    String missed =
        verdict.outcomes().stream()
            .filter(FaultOutcome::missed)
            .map(FaultOutcome::fault)
            .map(
                f ->
                    "%s on %s at %s"
                        .formatted(f.kind().words(), f.series(), LiveView.time(f.start())))
            .collect(Collectors.joining("\n  "));
    if (!missed.isEmpty()) {
      lines.add("missed:\n  " + missed);
    }
  }

  private void decisions(List<String> lines) {
    lines.add("");
    lines.add(ansi.string("@|bold Decisions of the retrain job|@"));
    if (summary.decisions().isEmpty()) {
      lines.add("none");
    }
    DecisionTeller teller = new DecisionTeller();
    for (Decision decision : summary.decisions()) {
      List<String> said =
          teller.tell(decision).stream()
              .flatMap(sentence -> Wrapped.lines(sentence, WIDTH - DECISION_INDENT).stream())
              .toList();
      lines.add(LiveView.time(decision.spanEnd()) + "  " + said.get(0));
      said.stream().skip(1).forEach(rest -> lines.add(" ".repeat(DECISION_INDENT) + rest));
    }
  }

  private long inRange(FaultKind kind) {
    return summary.detection().verdict().outcomes().stream()
        .map(FaultOutcome::fault)
        .filter(fault -> fault.kind() == kind && fault.insideNormalRange())
        .count();
  }

  private static String row(String... cells) {
    return String.format(Locale.ROOT, "%-20s %7s %5s %8s %12s %8s %8s", (Object[]) cells)
        .stripTrailing();
  }

  private static void line(List<String> lines, String name, String format, Object... values) {
    lines.add(
        String.format(Locale.ROOT, "%-18s ", name) + String.format(Locale.ROOT, format, values));
  }

  private static String text(Duration duration) {
    if (duration.compareTo(Duration.ofMinutes(2)) < 0) {
      return duration.toSeconds() + " s";
    }
    return duration.compareTo(Duration.ofHours(2)) < 0
        ? duration.toMinutes() + " min"
        : String.format(Locale.ROOT, "%.1f h", duration.toMinutes() / 60.0);
  }
}
