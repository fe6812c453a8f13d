package io.nelbo.jobs.replay.cli;

import io.nelbo.jobs.replay.result.ReplayEpisode;
import io.nelbo.jobs.replay.result.ReplayFiles;
import io.nelbo.jobs.replay.result.ReplayResult;
import io.nelbo.jobs.text.ShownText;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A replay in a few lines. */
final class ReplayText {
  private static final int WORST = 5;
  private static final List<String> SHOWN =
      List.of(
          "auroc",
          "ap",
          "f1",
          "event_f1",
          "vus_pr",
          "false_alarm_rate",
          "false_alarms_per_series_day");

  private final PrintWriter out;

  ReplayText(PrintWriter out) {
    this.out = out;
  }

  void print(ReplayResult result, Path folder) {
    Map<String, Object> metrics = result.metrics();
    line(
        "records",
        "%,d of %s series, %s to %s",
        metrics.getOrDefault("records", 0),
        metrics.getOrDefault("series", 0),
        metrics.getOrDefault("first", "never"),
        metrics.getOrDefault("last", "never"));
    line(
        "scored",
        "%,d%s",
        metrics.getOrDefault("scored", 0),
        others("; not scored: ", metrics.getOrDefault("unscored", 0))
            + (metrics.getOrDefault("late", 0L).equals(0L) ? "" : "; late: " + metrics.get("late"))
            + others("; refused: ", metrics.getOrDefault("dead_letters", 0)));
    line(
        "models",
        "%s",
        result.models().isEmpty()
            ? "none governed these records"
            : result.models().stream()
                .map(model -> model.manifest().version())
                .collect(Collectors.joining(", ")));
    if (metrics.get("decisions") instanceof List<?> decisions) {
      line("decisions", "%s", counted(decisions));
      decisions.forEach(this::printDecision);
    }
    line(
        "episodes",
        "%d, %.2f per series-day%s; %.3g of the records alarm%s",
        result.episodes().size(),
        metrics.getOrDefault("episodes_per_series_day", 0.0),
        askedFor(metrics.get("asked_false_alarms_per_series_day")),
        metrics.getOrDefault("alarm_rate", 0.0),
        askedFor(metrics.get("asked_false_alarm_rate")));
    if (metrics.get("metrics") instanceof Map<?, ?> figures && !figures.isEmpty()) {
      line(
          "with the labels",
          "%s",
          figures.entrySet().stream()
              .filter(figure -> SHOWN.contains(figure.getKey()))
              .map(figure -> figure.getKey().toString().replace('_', ' ') + rounded(figure))
              .collect(Collectors.joining(", ")));
    }
    result.episodes().stream()
        .sorted(
            Comparator.comparingDouble((ReplayEpisode episode) -> episode.worst().score())
                .reversed())
        .limit(WORST)
        .forEach(this::print);
    if (metrics.get("notes") instanceof List<?> notes) {
      notes.forEach(note -> line("note", "%s", note));
    }
    line("report", "%s", new ReplayFiles(folder).report());
    out.flush();
  }

  private static String rounded(Map.Entry<?, ?> figure) {
    return figure.getValue() instanceof Number value
        ? String.format(Locale.ROOT, " %.3f", value.doubleValue())
        : "";
  }

  private void print(ReplayEpisode episode) {
    line(
        "episode",
        "%s %s, %d record%s, score %.1f: %s%s",
        Instant.ofEpochMilli(episode.startMillis()),
        ShownText.of(episode.series()),
        episode.records(),
        episode.records() == 1 ? "" : "s",
        episode.worst().score(),
        ShownText.whole(episode.worst().file()),
        episode.blamed().stream()
            .map(
                blamed ->
                    String.format(
                        Locale.ROOT,
                        "%s %.4g, expected %.4g ± %.2g",
                        ShownText.of(blamed.feature()),
                        blamed.observed(),
                        blamed.expected(),
                        blamed.expectedStandardDeviation()))
            .collect(Collectors.joining("; ")));
  }

  private void printDecision(Object decision) {
    if (decision instanceof Map<?, ?> fields) {
      line(
          "decision",
          "%s%s%s%s%s%s",
          textOf(fields, "span_end", ""),
          textOf(fields, "kind", " "),
          textOf(fields, "version", " "),
          textOf(fields, "trigger", ", "),
          textOf(fields, "effective_from", ", from "),
          textOf(fields, "reason", ": "));
    }
  }

  private static String textOf(Map<?, ?> fields, String name, String before) {
    String text = fields.get(name) == null ? "" : fields.get(name).toString();
    return text.isEmpty() ? "" : before + text;
  }

  /** How many of each kind. */
  private static String counted(List<?> decisions) {
    Map<String, Long> kinds =
        decisions.stream()
            .collect(
                Collectors.groupingBy(
                    decision ->
                        decision instanceof Map<?, ?> fields
                            ? String.valueOf(fields.get("kind"))
                            : "",
                    TreeMap::new,
                    Collectors.counting()));
    return kinds.entrySet().stream()
        .map(kind -> kind.getValue() + " " + kind.getKey())
        .collect(Collectors.joining(", "));
  }

  private static String others(String label, Object counts) {
    return counts instanceof Map<?, ?> map && !map.isEmpty()
        ? label
            + map.entrySet().stream()
                .map(entry -> entry.getValue() + " " + entry.getKey())
                .collect(Collectors.joining(", "))
        : "";
  }

  private void line(String name, String format, Object... values) {
    out.printf(Locale.ROOT, "%-16s %s%n", name, String.format(Locale.ROOT, format, values));
  }

  private static String askedFor(@Nullable Object rate) {
    return rate instanceof Double asked
        ? String.format(Locale.ROOT, ", asked for %.3g", asked)
        : "";
  }
}
