package io.nelbo.jobs.replay.report;

import io.nelbo.jobs.replay.result.ScoreRow;
import io.nelbo.jobs.text.NumberText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The score of each series over time, thin enough to be drawn. */
final class SeriesTraces {
  static final int MOST_SERIES = 24;
  static final int MOST_POINTS = 4_000;
  private static final int MOST_STRETCHES = 500;

  private final List<Map<String, Object>> traces = new ArrayList<>();
  private final List<String> leftOut = new ArrayList<>();

  SeriesTraces(List<ScoreRow> rows) {
    Map<String, List<ScoreRow>> bySeries = new LinkedHashMap<>();
    for (ScoreRow row : rows) {
      bySeries.computeIfAbsent(row.series(), name -> new ArrayList<>()).add(row);
    }
    Map<String, Long> anomalies = new LinkedHashMap<>();
    bySeries.forEach(
        (name, own) -> anomalies.put(name, own.stream().filter(ScoreRow::anomaly).count()));
    List<String> names =
        anomalies.entrySet().stream()
            .sorted(
                Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                    .thenComparing(Map.Entry.comparingByKey()))
            .map(Map.Entry::getKey)
            .toList();
    for (String name : names.subList(0, Math.min(MOST_SERIES, names.size()))) {
      traces.add(trace(name, bySeries.getOrDefault(name, List.of())));
    }
    if (names.size() > MOST_SERIES) {
      leftOut.add(
          "%s of %s series are drawn, those with most anomalies first."
              .formatted(MOST_SERIES, NumberText.count(names.size())));
    }
  }

  List<Map<String, Object>> traces() {
    return traces;
  }

  /** In words, what the picture does not show. */
  List<String> leftOut() {
    return leftOut;
  }

  private Map<String, Object> trace(String name, List<ScoreRow> rows) {
    List<ScoreRow> scored = rows.stream().filter(ScoreRow::isScored).toList();
    List<ScoreRow> drawn = new Downsampling(MOST_POINTS).of(scored);
    long anomalies = scored.stream().filter(ScoreRow::anomaly).count();
    long drawnAnomalies = drawn.stream().filter(ScoreRow::anomaly).count();
    if (drawnAnomalies < anomalies) {
      leftOut.add(
          "Of series %s, %s of %s anomalies are drawn: the worst of each stretch."
              .formatted(name, NumberText.count(drawnAnomalies), NumberText.count(anomalies)));
    }
    Map<String, Object> trace = new LinkedHashMap<>();
    trace.put("name", name);
    trace.put("rows", rows.size());
    trace.put("scored", scored.size());
    trace.put("anomalies", anomalies);
    trace.put("drawn", drawn.size());
    trace.put("times", drawn.stream().mapToLong(ScoreRow::eventTimeMillis).toArray());
    trace.put("scores", drawn.stream().map(row -> NumberText.cell(row.alertScore(), 4)).toList());
    trace.put("anomalous", drawn.stream().mapToInt(row -> row.anomaly() ? 1 : 0).toArray());
    trace.put("labelled", labelled(name, rows));
    return trace;
  }

  /** First and last time of each labelled stretch. */
  private List<long[]> labelled(String name, List<ScoreRow> rows) {
    List<long[]> stretches = new ArrayList<>();
    boolean inside = false;
    for (ScoreRow row : rows) {
      boolean anomalous = row.label() == 1;
      if (anomalous && !inside) {
        stretches.add(new long[] {row.eventTimeMillis(), row.eventTimeMillis()});
      } else if (anomalous) {
        stretches.get(stretches.size() - 1)[1] = row.eventTimeMillis();
      }
      inside = anomalous;
    }
    if (stretches.size() > MOST_STRETCHES) {
      leftOut.add(
          "Of series %s, the first %s of %s labelled stretches are shaded."
              .formatted(name, MOST_STRETCHES, NumberText.count(stretches.size())));
      return stretches.subList(0, MOST_STRETCHES);
    }
    return stretches;
  }
}
