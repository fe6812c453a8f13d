package io.nelbo.jobs.replay.result;

import io.nelbo.jobs.replay.metrics.BorderMetrics;
import io.nelbo.jobs.replay.metrics.Confusion;
import io.nelbo.jobs.replay.metrics.EventMetrics;
import io.nelbo.jobs.replay.metrics.MisleadingPointAdjustment;
import io.nelbo.jobs.replay.metrics.RankingMetrics;
import io.nelbo.jobs.replay.metrics.RowRange;
import io.nelbo.jobs.replay.metrics.VolumeUnderSurface;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.commons.math3.stat.StatUtils;

/**
 * How good scores and alarms are where the labels are known. Ranking and border are judged over all
 * records with label and score together; events and volumes series by series, because a run of rows
 * must not reach into another series. In an event, a record without a score is a silent one. What
 * is undefined is absent.
 */
final class LabelledFigures {
  /** Rows; volumes of different buffers cannot be compared. */
  static final int VUS_BUFFER = 100;

  private static final double MEDIAN = 50;

  /** Labelled rows of one series, in order of time. */
  @SuppressWarnings("ArrayRecordComponent") // columns, never compared
  private record Labelled(
      long[] timesMillis, double[] scores, boolean[] alarmed, boolean[] anomalous) {}

  private final List<Labelled> series; // all labelled rows
  private final List<Labelled> scored; // those with a score
  private final Labelled all; // the latter of all series together

  LabelledFigures(Iterable<List<ScoreRow>> rowsBySeries) {
    series = new ArrayList<>();
    scored = new ArrayList<>();
    List<ScoreRow> joined = new ArrayList<>();
    for (List<ScoreRow> rows : rowsBySeries) {
      List<ScoreRow> labelled = rows.stream().filter(row -> row.label() >= 0).toList();
      List<ScoreRow> ranked = labelled.stream().filter(ScoreRow::isScored).toList();
      series.add(columns(labelled));
      scored.add(columns(ranked));
      joined.addAll(ranked);
    }
    all = columns(joined);
  }

  private static Labelled columns(List<ScoreRow> rows) {
    boolean[] alarmed = new boolean[rows.size()];
    boolean[] anomalous = new boolean[rows.size()];
    for (int row = 0; row < rows.size(); row++) {
      alarmed[row] = rows.get(row).anomaly();
      anomalous[row] = rows.get(row).label() == 1;
    }
    return new Labelled(
        rows.stream().mapToLong(ScoreRow::eventTimeMillis).toArray(),
        rows.stream().mapToDouble(ScoreRow::alertScore).toArray(),
        alarmed,
        anomalous);
  }

  /** By name; empty without labels. */
  Map<String, Double> all() {
    Map<String, Double> figures = new LinkedHashMap<>();
    rank(figures);
    if (hasAny(all.anomalous())) {
      border(figures);
      volumes(figures);
    }
    if (series.stream().anyMatch(one -> hasAny(one.anomalous()))) {
      events(figures);
      delays(figures);
    }
    return figures;
  }

  private void rank(Map<String, Double> figures) {
    put(figures, "auroc", RankingMetrics.auroc(all.scores(), all.anomalous()));
    put(figures, "ap", RankingMetrics.averagePrecision(all.scores(), all.anomalous()));
  }

  private void border(Map<String, Double> figures) {
    Confusion confusion = Confusion.of(all.alarmed(), all.anomalous());
    figures.put("precision", confusion.precision());
    figures.put("recall", confusion.recall());
    figures.put("f1", confusion.f1());
    BorderMetrics.bestF1(all.scores(), all.anomalous())
        .ifPresent(
            best -> {
              figures.put("best_f1", best.confusion().f1());
              figures.put("best_f1_border", best.border());
            });
    double[] adjusted = adjusted();
    BorderMetrics.bestF1(adjusted, all.anomalous())
        .ifPresent(best -> figures.put("point_adjusted_f1_misleading", best.confusion().f1()));
  }

  private double[] adjusted() {
    return scored.stream()
        .map(one -> MisleadingPointAdjustment.adjust(one.scores(), one.anomalous()))
        .flatMapToDouble(Arrays::stream)
        .toArray();
  }

  private void events(Map<String, Double> figures) {
    EventMetrics sum =
        series.stream()
            .map(one -> EventMetrics.of(one.alarmed(), one.anomalous()))
            .reduce(
                new EventMetrics(0, 0, 0),
                (a, b) ->
                    new EventMetrics(
                        a.events() + b.events(),
                        a.found() + b.found(),
                        a.falseAlarms() + b.falseAlarms()));
    figures.put("events", (double) sum.events());
    figures.put("events_found", (double) sum.found());
    figures.put("event_precision", sum.precision());
    figures.put("event_recall", sum.recall());
    figures.put("event_f1", sum.f1());
  }

  /** Event time from the start of an event to its first alarm, over the events that were found. */
  private void delays(Map<String, Double> figures) {
    List<Double> seconds = new ArrayList<>();
    for (Labelled one : series) {
      for (RowRange event : RowRange.runsOf(one.anomalous())) {
        for (int row = event.first(); row <= event.last(); row++) {
          if (one.alarmed()[row]) {
            seconds.add((one.timesMillis()[row] - one.timesMillis()[event.first()]) / 1000.0);
            break;
          }
        }
      }
    }
    if (!seconds.isEmpty()) {
      figures.put(
          "seconds_to_detection",
          StatUtils.percentile(
              seconds.stream().mapToDouble(Double::doubleValue).toArray(), MEDIAN));
    }
  }

  /** Mean over the series where it is defined. */
  private void volumes(Map<String, Double> figures) {
    List<VolumeUnderSurface> volumes =
        scored.stream()
            .map(one -> VolumeUnderSurface.of(one.scores(), one.anomalous(), VUS_BUFFER))
            .flatMap(Optional::stream)
            .toList();
    put(figures, "vus_roc", volumes.stream().mapToDouble(VolumeUnderSurface::roc).average());
    put(figures, "vus_pr", volumes.stream().mapToDouble(VolumeUnderSurface::pr).average());
  }

  private static boolean hasAny(boolean[] flags) {
    for (boolean flag : flags) {
      if (flag) {
        return true;
      }
    }
    return false;
  }

  private static void put(Map<String, Double> figures, String name, OptionalDouble value) {
    value.ifPresent(defined -> figures.put(name, defined));
  }
}
