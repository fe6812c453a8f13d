package io.nelbo.jobs.replay.report;

import io.nelbo.jobs.replay.result.FigurePaths;
import io.nelbo.jobs.replay.result.ReplayResult;
import io.nelbo.jobs.replay.result.ScoreRow;
import io.nelbo.jobs.text.NumberText;
import io.nelbo.model.calibrate.AlarmBudget.EpisodeRate;
import io.nelbo.model.calibrate.AlarmBudget.RecordRate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** A replay in a few sentences, and what to be wary of. */
final class ReplaySummary {
  private final ReplayResult result;
  private final LabelledScores labels;
  private final Map<String, Double> figures;

  ReplaySummary(ReplayResult result, LabelledScores labels) {
    this.result = result;
    this.labels = labels;
    figures = FigurePaths.numbers(result.metrics());
  }

  List<String> sentences() {
    List<String> sentences = new ArrayList<>();
    sentences.add(extent());
    sentences.add(scored());
    sentences.add(alarms());
    sentences.add(rates());
    sentences.add(models());
    sentences.add(quality());
    return sentences;
  }

  private String extent() {
    List<ScoreRow> rows = result.rows();
    if (rows.isEmpty()) {
      return "There was no record in " + result.input() + ".";
    }
    long first = rows.stream().mapToLong(ScoreRow::eventTimeMillis).min().orElseThrow();
    long last = rows.stream().mapToLong(ScoreRow::eventTimeMillis).max().orElseThrow();
    Set<String> series = rows.stream().map(ScoreRow::series).collect(Collectors.toSet());
    return "%s of %s series from %s to %s, read from %s."
        .formatted(
            NumberText.count(rows.size(), "record"),
            NumberText.count(series.size()),
            NumberText.time(first),
            NumberText.time(last),
            result.input());
  }

  private String scored() {
    Map<String, Long> why = new TreeMap<>();
    for (ScoreRow row : result.rows()) {
      if (!row.isScored()) {
        why.merge(words(row.status().name()), 1L, Long::sum);
      }
    }
    long unscored = why.values().stream().mapToLong(Long::longValue).sum();
    StringBuilder text = new StringBuilder(NumberText.count(labels.scored().size()));
    text.append(unscored == 0 ? " were scored: all." : " were scored.");
    if (unscored > 0) {
      String reasons =
          why.size() == 1
              ? String.join("", why.keySet())
              : why.entrySet().stream()
                  .map(entry -> NumberText.count(entry.getValue()) + " " + entry.getKey())
                  .collect(Collectors.joining(", "));
      text.append(' ').append(NumberText.count(unscored)).append(" were not: ");
      text.append(reasons).append('.');
    }
    long late = (long) figure("late");
    if (late > 0) {
      text.append(' ').append(NumberText.count(late, "record")).append(" came too late.");
    }
    long dead = deadLetters();
    if (dead > 0) {
      text.append(' ').append(NumberText.count(dead, "record")).append(" could not be read.");
    }
    return text.toString();
  }

  private String alarms() {
    long alarming = labels.scored().stream().filter(ScoreRow::anomaly).count();
    String text =
        "%s alarmed, in %s"
            .formatted(
                NumberText.count(alarming, "record"),
                NumberText.count(result.episodes().size(), "episode"));
    Double perDay = figures.get("episodes_per_series_day");
    return perDay == null
        ? text + "."
        : text + ": " + NumberText.figure(perDay) + " episodes per series and day.";
  }

  private String rates() {
    if (result.asked() instanceof EpisodeRate budget) {
      String most =
          "At most %s false alarms per series and day are asked for"
              .formatted(NumberText.figure(budget.perSeriesDay()));
      if (figures.containsKey("metrics.false_alarms_per_series_day")) {
        return "%s; the episodes without a record labelled anomalous are %s."
            .formatted(most, NumberText.figure(figure("metrics.false_alarms_per_series_day")));
      }
      return figures.containsKey("episodes_per_series_day")
          ? "%s; without labels, all episodes count: %s."
              .formatted(most, NumberText.figure(figure("episodes_per_series_day")))
          : most + ".";
    }
    String asked = NumberText.figure(((RecordRate) result.asked()).rate());
    List<ScoreRow> normal = labels.takenAsNormal();
    if (normal.isEmpty()) {
      return "The asked false-alarm rate is " + asked + ".";
    }
    double measured = normal.stream().filter(ScoreRow::anomaly).count() / (double) normal.size();
    return "The asked false-alarm rate is %s; measured on %s it is %s."
        .formatted(asked, labels.whoIsNormal(), NumberText.figure(measured));
  }

  private String models() {
    Map<String, Long> byModel = recordsByModel();
    if (byModel.isEmpty()) {
      return "No model scored.";
    }
    return byModel.entrySet().stream()
        .map(
            entry -> "model " + entry.getKey() + " " + NumberText.count(entry.getValue(), "record"))
        .collect(Collectors.joining(", ", "Scored by ", "."));
  }

  /** How many rows each model version scored, in order of first use. */
  Map<String, Long> recordsByModel() {
    Map<String, Long> byModel = new LinkedHashMap<>();
    labels.scored().forEach(row -> byModel.merge(row.model(), 1L, Long::sum));
    return byModel;
  }

  private String quality() {
    if (!labels.hasBothLabels()) {
      return labels.anomalous() + labels.normal() == 0
          ? "There are no labels, so nothing can be said of what was missed."
          : "All labelled records are "
              + (labels.anomalous() > 0 ? "anomalous" : "normal")
              + ": AUROC, average precision and F1 are undefined.";
    }
    String text =
        "Of %s, %s labelled anomalous."
            .formatted(
                NumberText.count(labels.anomalous() + labels.normal(), "labelled record"),
                NumberText.count(labels.anomalous()) + (labels.anomalous() == 1 ? " is" : " are"));
    Map<String, String> names = new LinkedHashMap<>();
    names.put("metrics.auroc", "AUROC");
    names.put("metrics.ap", "average precision");
    names.put("metrics.f1", "F1 at the border");
    String measured =
        names.entrySet().stream()
            .filter(entry -> figures.containsKey(entry.getKey()))
            .map(entry -> entry.getValue() + " " + NumberText.figure(figure(entry.getKey())))
            .collect(Collectors.joining(", "));
    String events =
        figures.containsKey("metrics.events")
            ? " %s of %s labelled stretches were found."
                .formatted(
                    NumberText.count((long) figure("metrics.events_found")),
                    NumberText.count((long) figure("metrics.events")))
            : "";
    return text + (measured.isEmpty() ? "" : " " + capital(measured) + ".") + events;
  }

  /** What limits the trust in the above. */
  List<String> warnings() {
    List<String> warnings = new ArrayList<>();
    count(
        warnings,
        labels.scored().stream().filter(ScoreRow::overdue).count(),
        " scored by another than the governing model, which had not loaded in time (overdue).");
    count(
        warnings,
        labels.scored().stream().filter(ScoreRow::cold).count(),
        " of series that the model had never seen (cold): they are scaled globally.");
    if (result.metrics().get("notes") instanceof List<?> notes) {
      notes.forEach(note -> warnings.add(sentence(String.valueOf(note))));
    }
    Set<String> distinct = new TreeSet<>();
    warnings.removeIf(warning -> !distinct.add(warning));
    return warnings;
  }

  /** Headline figures: what they are and what they say. */
  List<Map<String, String>> headlines() {
    List<Map<String, String>> tiles = new ArrayList<>();
    tile(tiles, "records", NumberText.count(result.rows().size()));
    tile(tiles, "episodes", NumberText.count(result.episodes().size()));
    for (String[] figure :
        new String[][] {
          {"episodes_per_series_day", "episodes per series-day"},
          {"alarm_rate", "of records alarm"},
          {"metrics.auroc", "AUROC"},
          {"metrics.ap", "average precision"},
          {"metrics.f1", "F1 at the border"},
          {"metrics.event_recall", "of stretches found"}
        }) {
      if (figures.containsKey(figure[0])) {
        tile(tiles, figure[1], NumberText.figure(figure(figure[0]), 3));
      }
    }
    return tiles;
  }

  private static void tile(List<Map<String, String>> tiles, String name, String value) {
    tiles.add(Map.of("name", name, "value", value));
  }

  private static void count(List<String> warnings, long records, String rest) {
    if (records > 0) {
      warnings.add(NumberText.count(records, "record") + (records == 1 ? " was" : " were") + rest);
    }
  }

  private long deadLetters() {
    return (long)
        figures.entrySet().stream()
            .filter(entry -> entry.getKey().startsWith("dead_letters."))
            .mapToDouble(Map.Entry::getValue)
            .sum();
  }

  private double figure(String path) {
    return figures.getOrDefault(path, 0.0);
  }

  private static String words(String status) {
    return switch (status) {
      case "NO_MODEL" -> "before the first model";
      case "WINDOW_INCOMPLETE" -> "with an incomplete window";
      case "TOO_FEW_OBSERVED" -> "with too few observed features";
      default -> status.toLowerCase(Locale.ROOT).replace('_', ' ');
    };
  }

  private static String sentence(String note) {
    return note.isEmpty() ? note : capital(note) + (note.endsWith(".") ? "" : ".");
  }

  private static String capital(String text) {
    return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
  }
}
