package io.nelbo.jobs.replay.report;

import io.nelbo.jobs.replay.result.ScoreRow;
import io.nelbo.jobs.text.NumberText;
import io.nelbo.jobs.text.ShownText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The score of each series over time, thin enough to be drawn. */
final class SeriesTraces {
  static final int MOST_SERIES = 24;
  static final int MOST_POINTS = 4_000;
  private static final int MOST_STRETCHES = 500;

  private final List<Map<String, Object>> traces = new ArrayList<>();
  private final List<String> leftOut = new ArrayList<>();
  private final Thinned anomaliesDrawn = new Thinned();
  private final Thinned stretchesShaded = new Thinned();

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
    anomaliesDrawn
        .told("Of %s anomalies in %s series (%s), %s are drawn: the worst of each stretch.")
        .ifPresent(leftOut::add);
    stretchesShaded
        .told(
            "Of %s labelled stretches in %s series (%s), %s are shaded: the first of each series.")
        .ifPresent(leftOut::add);
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
      anomaliesDrawn.add(name, drawnAnomalies, anomalies);
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
      stretchesShaded.add(name, MOST_STRETCHES, stretches.size());
      return stretches.subList(0, MOST_STRETCHES);
    }
    return stretches;
  }

  /** The series of which not all is shown, for one sentence about all of them. */
  private static final class Thinned {
    private final List<String> series = new ArrayList<>();
    private long shown;
    private long all;

    void add(String name, long shownOfIt, long allOfIt) {
      series.add(name);
      shown += shownOfIt;
      all += allOfIt;
    }

    Optional<String> told(String sentence) {
      return series.isEmpty()
          ? Optional.empty()
          : Optional.of(
              sentence.formatted(
                  NumberText.count(all),
                  NumberText.count(series.size()),
                  ShownText.names(series),
                  NumberText.count(shown)));
    }
  }
}
