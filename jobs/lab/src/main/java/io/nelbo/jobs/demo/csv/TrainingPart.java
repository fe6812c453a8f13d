package io.nelbo.jobs.demo.csv;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The rows before the border, and what becomes of each of them.
 *
 * @param border time of the first instant that is scored
 * @param trained rows that the retrain job trains on
 * @param anomalous left out because their label says so
 * @param late left out because they repeat a time of their series, or come after later ones
 * @param refused left out because the jobs make them dead letters
 */
public record TrainingPart(Instant border, int trained, int anomalous, int late, int refused) {
  /** All rows before the border. */
  public int rows() {
    return trained + anomalous + late + refused;
  }

  /** Rows that are not trained on, by reason; reasons without a row are not in it. */
  public Map<String, Integer> leftOut() {
    Map<String, Integer> reasons = new LinkedHashMap<>();
    reasons.put("labelled anomalous", anomalous);
    reasons.put("late or repeated", late);
    reasons.put("refused", refused);
    reasons.values().removeIf(rows -> rows == 0);
    return reasons;
  }

  /** The same in words; empty when all are trained on. */
  public String leftOutText() {
    return leftOut().entrySet().stream()
        .map(reason -> "%,d %s".formatted(reason.getValue(), reason.getKey()))
        .collect(Collectors.joining(", "));
  }
}
