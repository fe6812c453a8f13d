package io.nelbo.jobs.replay.report;

import io.nelbo.jobs.replay.metrics.AlarmRate;
import io.nelbo.jobs.replay.metrics.RankingCurve;
import io.nelbo.jobs.replay.result.ReplayResult.UsedModel;
import io.nelbo.jobs.replay.result.ScoreRow;
import io.nelbo.model.calibrate.Calibration;
import io.nelbo.model.calibrate.CalibrationTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How scores and p-values are spread, and how well they keep what they promise. */
final class Distributions {
  private static final int SCORE_BINS_PER_DECADE = 10;
  private static final int LOWEST_DECADE = -2;
  private static final int HIGHEST_DECADE = 4;
  private static final int P_BINS = 20;
  private static final double[] STEPS = {1, 2, 5};
  private static final int CURVE_STEPS = 250;
  private static final int TAIL_POINTS = 80;

  private Distributions() {}

  /** Counts by the logarithm of the score, apart by label. */
  static Map<String, Object> scores(LabelledScores rows) {
    int bins = (HIGHEST_DECADE - LOWEST_DECADE) * SCORE_BINS_PER_DECADE;
    int[] others = new int[bins];
    int[] anomalous = new int[bins];
    for (ScoreRow row : rows.scored()) {
      double decade = Math.log10(row.alertScore()) - LOWEST_DECADE;
      int bin = (int) Math.max(0, Math.min(bins - 1, decade * SCORE_BINS_PER_DECADE));
      (row.label() == 1 ? anomalous : others)[bin]++;
    }
    double[] edges = new double[bins + 1];
    for (int edge = 0; edge <= bins; edge++) {
      edges[edge] = Math.pow(10, LOWEST_DECADE + edge / (double) SCORE_BINS_PER_DECADE);
    }
    return Map.of("edges", edges, "others", others, "anomalous", anomalous);
  }

  /** Counts of the p-values of normal records; uniform ones fill all bins alike. */
  static Map<String, Object> pValues(double[] normal) {
    int[] counts = new int[P_BINS];
    for (double p : normal) {
      counts[(int) Math.min(P_BINS - 1, p * P_BINS)]++;
    }
    return Map.of("counts", counts, "uniform", normal.length / (double) P_BINS);
  }

  /** Asked against measured false-alarm rate, from the smallest that the rows can show. */
  static List<Map<String, Object>> rates(double[] normal) {
    if (normal.length == 0) {
      return List.of();
    }
    List<Double> asked = new ArrayList<>();
    for (int decade = -7; decade < 0; decade++) {
      for (double step : STEPS) {
        double rate = step * Math.pow(10, decade);
        if (rate * normal.length >= 0.5) {
          asked.add(rate);
        }
      }
    }
    List<Map<String, Object>> rates = new ArrayList<>();
    for (AlarmRate rate :
        AlarmRate.measure(normal, asked.stream().mapToDouble(Double::doubleValue).toArray())) {
      rates.add(
          Map.of(
              "asked", rate.asked(),
              "measured", rate.measured(),
              "low", rate.low(),
              "high", rate.high()));
    }
    return rates;
  }

  /** Points of ROC and precision-recall; null when the labels are all equal. */
  static @Nullable Map<String, Object> curves(LabelledScores rows) {
    Optional<RankingCurve> curve = RankingCurve.of(rows.scores(), rows.labels());
    if (curve.isEmpty()) {
      return null;
    }
    List<RankingCurve.Point> points = curve.get().points();
    RankingCurve.Point border = null;
    for (RankingCurve.Point point : points) {
      border = point.border() >= 1 ? point : border;
    }
    Map<String, Object> curves = new LinkedHashMap<>();
    curves.put(
        "points",
        curve.get().thinned(CURVE_STEPS).points().stream().map(Distributions::cells).toList());
    curves.put("anomalousShare", rows.anomalous() / (double) (rows.anomalous() + rows.normal()));
    curves.put("border", border == null ? List.of() : List.of(cells(border)));
    return curves;
  }

  /** False-positive rate, recall, precision, border. */
  private static List<@Nullable Double> cells(RankingCurve.Point point) {
    List<@Nullable Double> cells = new ArrayList<>();
    cells.add(NumberText.cell(point.falsePositiveRate(), 4));
    cells.add(NumberText.cell(point.recall(), 4));
    cells.add(NumberText.cell(point.precision(), 4));
    cells.add(NumberText.cell(point.border(), 4));
    return cells;
  }

  /** The held-out statistic's survival as it was counted, and as the model continues it. */
  static Map<String, Object> tail(UsedModel model) {
    Calibration calibration = model.manifest().calibration();
    CalibrationTable table = calibration.table();
    double[] statistics = table.statistics();
    // As the p-value counts: the window in question is one of them.
    List<double[]> counted = new ArrayList<>();
    int step = Math.max(1, statistics.length / 400);
    for (int knot = 0; knot < statistics.length; knot++) {
      if (knot % step == 0 || knot >= statistics.length - 50) {
        counted.add(
            new double[] {
              statistics[knot], (1.0 + table.atLeast()[knot]) / (table.sample() + 1.0)
            });
      }
    }
    double lowest = statistics[0];
    double largest = statistics[statistics.length - 1];
    double farthest = largest + Math.max(table.tailScale() * 7, 0.2 * (largest - lowest));
    List<double[]> fitted = new ArrayList<>();
    for (int i = 0; i <= TAIL_POINTS; i++) {
      double from = Math.max(lowest, table.tailThreshold());
      double at = from + (farthest - from) * i / TAIL_POINTS;
      fitted.add(new double[] {at, Math.max(1e-12, calibration.pValue(at))});
    }
    return Map.of(
        "model", model.manifest().version(),
        "counted", counted,
        "fitted", fitted,
        "threshold", table.tailThreshold(),
        "smallestRate", calibration.smallestRate());
  }
}
