package io.nelbo.jobs.demo.view;

import io.nelbo.jobs.demo.judge.Comparison;
import io.nelbo.jobs.demo.judge.PhaseOutcome;
import io.nelbo.jobs.demo.judge.RunFigures;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import picocli.CommandLine.Help.Ansi;

/** Two runs over the same records, side by side, 80 columns wide at most. */
final class ComparisonText {
  private final Comparison comparison;
  private final Ansi ansi;

  ComparisonText(Comparison comparison, Ansi ansi) {
    this.comparison = comparison;
    this.ansi = ansi;
  }

  /** Lines without a line end. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.add(ansi.string("@|bold With retraining / with the first model kept to the end|@"));
    lines.add(row("", "false alarms", "normal readings", "faults", "in open"));
    lines.add(row("", "per series-day", "that alarm", "found", "alarm"));
    for (PhaseOutcome outcome : comparison.phases()) {
      lines.add(
          row(
              outcome.phase().name(),
              both(outcome, run -> number("%.2f", run.falseAlarms().perSeriesDay())),
              both(outcome, run -> number("%.2f %%", 100 * run.falseAlarms().share())),
              both(outcome, run -> "" + run.found()) + " of " + outcome.retrained().planted(),
              both(outcome, run -> "" + run.inOpenAlarm())));
    }
    lines.add(
        row(
            "asked: at most",
            number("%.2f", comparison.askedPerSeriesDay()),
            number("%.2f %%", 100 * comparison.askedShare()),
            "",
            ""));
    lines.add("a false alarm that lasts counts once in every hour");
    lines.add("in open alarm: the series alarmed already when the fault began, and went on");
    comparison
        .learning()
        .ifPresent(
            learning ->
                lines.add(
                    "learned by %s, %s hours after the change; counted from the whole hour on"
                        .formatted(
                            learning.version(),
                            LiveView.digits(learning.took().toMinutes() / 60.0))));
    return lines;
  }

  private static String both(PhaseOutcome outcome, Function<RunFigures, String> figure) {
    return figure.apply(outcome.retrained()) + " / " + figure.apply(outcome.kept());
  }

  private static String number(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }

  private static String row(String... cells) {
    return String.format(Locale.ROOT, "%-19s %14s %17s %13s %9s", (Object[]) cells).stripTrailing();
  }
}
