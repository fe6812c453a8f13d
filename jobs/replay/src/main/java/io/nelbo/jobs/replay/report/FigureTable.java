package io.nelbo.jobs.replay.report;

import io.nelbo.jobs.replay.result.FigurePaths;
import io.nelbo.jobs.text.NumberText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The figures of {@code metrics.json}, each with what it means. */
final class FigureTable {
  /** What the replay was asked to do, which is no figure. */
  private static final String SETTINGS = "config.";

  private static final Map<String, String> MEANINGS = new LinkedHashMap<>();

  static {
    meaning("records", "Records that were read, without the lead-in");
    meaning("scored", "Records with a score");
    meaning("unscored.NO_MODEL", "Records before the first model");
    meaning("unscored.WINDOW_INCOMPLETE", "Records with too few before them to fill a window");
    meaning("unscored.TOO_FEW_OBSERVED", "Records with too many missing features");
    meaning("overdue", "Records scored by another than the governing model, not loaded in time");
    meaning("cold", "Records of series that the model had never seen");
    meaning("late", "Records behind a newer one of their series; they are not scored");
    meaning("dead_letters", "Records that could not be read");
    meaning("series", "Machines, services or cameras");
    meaning("series_days", "Observed time, summed over the series, in days");
    meaning("anomalous_records", "Records at or over the border");
    meaning("episodes", "Runs of alarms of one series: how often somebody is called");
    meaning("episodes_per_series_day", "Calls per series and day");
    meaning("asked_false_alarm_rate", "Share of normal records that may alarm");
    meaning(
        "asked_false_alarms_per_series_day", "Calls per normal series and day that there may be");
    meaning("alarm_rate", "Share of the scored records that alarm");
    meaning("labels.anomalous", "Records labelled anomalous");
    meaning("labels.normal", "Records labelled normal");
    meaning("labels.unknown", "Records without a label");
    meaning(
        "metrics.auroc",
        "Chance that an anomalous record scores above a normal one; guessing gives 0.5");
    meaning(
        "metrics.ap",
        "Average precision, the area under precision-recall; guessing gives the anomalous share");
    meaning("metrics.precision", "Share of alarming records that are labelled anomalous");
    meaning("metrics.recall", "Share of records labelled anomalous that alarm");
    meaning("metrics.f1", "Harmonic mean of precision and recall, at the border in use");
    meaning("metrics.best_f1", "F1 at the border that suits the labels best: chosen in hindsight");
    meaning(
        "metrics.best_f1_border", "The score at which that F1 is reached; the border in use is 1");
    meaning(
        "metrics.false_alarms_per_series_day",
        "Episodes without an anomalous label, per series and day");
    meaning("metrics.events", "Labelled stretches");
    meaning("metrics.events_found", "Labelled stretches with at least one alarm inside");
    meaning("metrics.false_alarm_rate", "Share of the records labelled normal that alarm");
    meaning("metrics.event_precision", "Share of alarm runs that meet a labelled stretch");
    meaning("metrics.event_recall", "Share of labelled stretches that were found");
    meaning("metrics.event_f1", "Harmonic mean of event_precision and event_recall");
    meaning(
        "metrics.seconds_to_detection",
        "From the start of a labelled stretch to its first alarm, where it was found");
    meaning("metrics.vus_roc", "AUROC that forgives alarms near a stretch, over all tolerances");
    meaning("metrics.vus_pr", "Average precision that forgives alarms near a stretch, likewise");
    meaning(
        "metrics.point_adjusted_f1_misleading",
        "Misleading: one alarm counts for its whole stretch, so that random scores look good;"
            + " only to compare with papers that report it");
    meaning("seconds", "Wall time of the replay");
    meaning("records_per_second", "Speed of the replay");
  }

  private FigureTable() {}

  private static void meaning(String path, String text) {
    MEANINGS.put(path, text);
  }

  static String meaningOf(String path) {
    String own = MEANINGS.get(path);
    if (own != null) {
      return own;
    }
    String parent = path.contains(".") ? path.substring(0, path.indexOf('.')) : path;
    return MEANINGS.getOrDefault(parent, "");
  }

  static boolean isMisleading(String path) {
    return path.endsWith("_misleading");
  }

  /** Name, value and meaning of every figure, the metrics first. */
  static List<Map<String, Object>> of(Map<String, ?> metrics) {
    Map<String, Double> numbers = FigurePaths.numbers(metrics);
    List<Map<String, Object>> rows = new ArrayList<>();
    for (boolean ofMetrics : new boolean[] {true, false}) {
      numbers.forEach(
          (path, value) -> {
            if (path.startsWith("metrics.") == ofMetrics && !path.startsWith(SETTINGS)) {
              rows.add(
                  Map.of(
                      "name", nameOf(path),
                      "value", NumberText.figure(value),
                      "meaning", meaningOf(path),
                      "misleading", isMisleading(path)));
            }
          });
    }
    return rows;
  }

  static String nameOf(String path) {
    return path.startsWith("metrics.") ? path.substring("metrics.".length()) : path;
  }
}
