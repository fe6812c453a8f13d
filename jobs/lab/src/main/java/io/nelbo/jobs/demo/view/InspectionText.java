package io.nelbo.jobs.demo.view;

import io.nelbo.jobs.demo.judge.DefectOutcome;
import io.nelbo.jobs.demo.judge.FramePhase;
import io.nelbo.jobs.demo.judge.Inspection;
import io.nelbo.jobs.demo.judge.LineVerdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Help.Ansi;

/** What was found on a line, 80 columns wide at most. */
final class InspectionText {
  private final Inspection inspection;
  private final Ansi ansi;

  InspectionText(Inspection inspection, Ansi ansi) {
    this.inspection = inspection;
    this.ansi = ansi;
  }

  /** Lines without a line end. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    LineVerdict verdict = inspection.verdict();
    lines.add(kind("planted defect", "planted", "found", "pointed at"));
    verdict.byKind().forEach((kind, result) -> lines.add(kind(kind.words(), result)));
    lines.add(ansi.string("@|bold " + kind("all", verdict.all()) + "|@"));
    lines.add("pointed at: the heat map's strangest place or its first box's middle lies in it");
    List<DefectOutcome> missed =
        verdict.outcomes().stream().filter(outcome -> !outcome.found()).toList();
    if (!missed.isEmpty()) {
      lines.add("missed:");
      missed.forEach(outcome -> lines.add("  " + whereabouts(outcome)));
    }
    lines.add("");
    lines.add(phase("", "good images", "false alarms", "per 1,000", "defects found"));
    verdict.phases().forEach(phase -> lines.add(phase(phase)));
    lines.add(
        ansi.string(
            "@|bold "
                + phase(
                    "known products",
                    number("%,d", verdict.good().frames()),
                    number("%,d", verdict.good().alarms()),
                    number("%.2f", verdict.good().perThousand()),
                    "")
                + "|@"));
    lines.add(
        number("while the lamp faded, %,d of ", verdict.fading().alarms())
            + number("%,d good images alarmed", verdict.fading().frames())
            + number(", %.2f per 1,000", verdict.fading().perThousand()));
    lines.add(
        verdict
            .learning()
            .map(
                learning ->
                    "the new product was learned by %s, %d minutes after the change"
                        .formatted(learning.version(), learning.took().toMinutes()))
            .orElse("the new product was not learned"));
    return lines;
  }

  private static String whereabouts(DefectOutcome outcome) {
    return "%s on %s at %s"
        .formatted(
            outcome.defect().kind().words(),
            outcome.defect().camera(),
            LiveView.time(outcome.defect().time()));
  }

  private static String kind(String name, LineVerdict.KindResult result) {
    return kind(name, "" + result.planted(), "" + result.found(), "" + result.pointed());
  }

  private static String kind(String... cells) {
    return String.format(Locale.ROOT, "%-20s %7s %5s %11s", (Object[]) cells);
  }

  private static String phase(FramePhase phase) {
    return phase(
        phase.phase().name(),
        number("%,d", phase.good().frames()),
        number("%,d", phase.good().alarms()),
        number("%.2f", phase.good().perThousand()),
        "%d of %d".formatted(phase.found(), phase.planted()));
  }

  private static String phase(String... cells) {
    return String.format(Locale.ROOT, "%-19s %12s %13s %10s %14s", (Object[]) cells)
        .stripTrailing();
  }

  private static String number(String format, Object value) {
    return String.format(Locale.ROOT, format, value);
  }
}
