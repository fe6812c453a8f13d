package io.nelbo.jobs.replay.result;

import io.nelbo.jobs.replay.metrics.AlarmRate;
import io.nelbo.model.calibrate.AlarmBudget;
import io.nelbo.model.calibrate.AlarmBudget.EpisodeRate;
import io.nelbo.model.calibrate.AlarmBudget.RecordRate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What can be counted and measured of a replay: most of {@code metrics.json}.
 *
 * @param rows of all records
 * @param episodes in order of their start
 * @param asked how many false alarms the configuration allows
 */
public record ReplayFigures(List<ScoreRow> rows, List<ReplayEpisode> episodes, AlarmBudget asked) {
  private static final double[] RATES = {
    0.5, 0.2, 0.1, 0.05, 0.02, 0.01, 0.005, 0.002, 0.001, 0.0005, 0.0002, 0.0001, 0.00001
  };

  /** Times the asked rate, above which alarms are news of the model and not of the records. */
  private static final double WAY_TOO_MANY = 20;

  private static final String TOO_MANY =
      "either much is wrong, or the model was trained on other data than these";

  private static final int FEW_ALARMS = 20;
  private static final double DAY_MILLIS = Duration.ofDays(1).toMillis();

  /** By name, in the order of {@code metrics.json}. */
  public Map<String, Object> all() {
    Map<String, List<ScoreRow>> bySeries =
        rows.stream()
            .collect(Collectors.groupingBy(ScoreRow::series, TreeMap::new, Collectors.toList()));
    double seriesDays = bySeries.values().stream().mapToDouble(ReplayFigures::days).sum();
    long scored = rows.stream().filter(ScoreRow::isScored).count();
    long alarmed = rows.stream().filter(ScoreRow::anomaly).count();
    Map<String, Object> figures = new LinkedHashMap<>();
    putRecords(figures, scored);
    figures.put("series", bySeries.size());
    figures.put("series_days", seriesDays);
    putExtent(figures);
    figures.put("anomalous_records", alarmed);
    figures.put("episodes", episodes.size());
    if (seriesDays > 0) {
      figures.put("episodes_per_series_day", episodes.size() / seriesDays);
    }
    if (asked instanceof EpisodeRate budget) {
      figures.put("asked_false_alarms_per_series_day", budget.perSeriesDay());
    } else if (asked instanceof RecordRate budget) {
      figures.put("asked_false_alarm_rate", budget.rate());
    }
    if (scored > 0) {
      figures.put("alarm_rate", (double) alarmed / scored);
    }
    long anomalous = rows.stream().filter(row -> row.label() == 1).count();
    long normal = rows.stream().filter(row -> row.label() == 0).count();
    figures.put("labels", labels(anomalous, normal));
    figures.put("calibration", calibration());
    Map<String, Double> metrics = new LinkedHashMap<>(new LabelledFigures(bySeries.values()).all());
    if (seriesDays > 0 && anomalous + normal > 0) {
      metrics.put("false_alarms_per_series_day", falseAlarms() / seriesDays);
    }
    falseAlarmRate().ifPresent(rate -> metrics.put("false_alarm_rate", rate));
    figures.put("metrics", metrics);
    figures.put("notes", notes(scored, alarmed, anomalous, normal, seriesDays));
    return figures;
  }

  private void putRecords(Map<String, Object> figures, long scored) {
    figures.put("records", rows.size());
    figures.put("scored", scored);
    figures.put("unscored", unscored());
    figures.put("overdue", rows.stream().filter(ScoreRow::overdue).count());
    figures.put("cold", rows.stream().filter(ScoreRow::cold).count());
  }

  private void putExtent(Map<String, Object> figures) {
    LongSummaryStatistics times =
        rows.stream().mapToLong(ScoreRow::eventTimeMillis).summaryStatistics();
    if (times.getCount() > 0) {
      figures.put("first", Instant.ofEpochMilli(times.getMin()).toString());
      figures.put("last", Instant.ofEpochMilli(times.getMax()).toString());
    }
  }

  /** Asked against measured rates, where at least one false alarm is expected. */
  private List<Map<String, Object>> calibration() {
    double[] pValues =
        takenAsNormal(rows).stream().mapToDouble(row -> row.alone().pValue()).toArray();
    double[] told = Arrays.stream(RATES).filter(rate -> rate * pValues.length >= 1).toArray();
    return pValues.length == 0
        ? List.of()
        : AlarmRate.measure(pValues, told).stream().map(ReplayFigures::fields).toList();
  }

  /** Scored rows that are labelled normal; if none is, all that are not labelled anomalous. */
  public static List<ScoreRow> takenAsNormal(List<ScoreRow> rows) {
    boolean labelled = rows.stream().anyMatch(row -> row.isScored() && row.label() == 0);
    return rows.stream()
        .filter(row -> row.isScored() && (labelled ? row.label() == 0 : row.label() != 1))
        .toList();
  }

  private static Map<String, Object> fields(AlarmRate rate) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("asked", rate.asked());
    fields.put("measured", rate.measured());
    fields.put("low", rate.low());
    fields.put("high", rate.high());
    fields.put("rows", rate.rows());
    return fields;
  }

  /** Time that a series was watched: its records, each for as long as one usually lasts. */
  private static double days(List<ScoreRow> series) {
    long[] times = series.stream().mapToLong(ScoreRow::eventTimeMillis).toArray();
    if (times.length < 2) {
      return 0;
    }
    long[] steps = new long[times.length - 1];
    Arrays.setAll(steps, i -> times[i + 1] - times[i]);
    Arrays.sort(steps);
    return steps[steps.length / 2] * (double) times.length / DAY_MILLIS;
  }

  /** How many records have no score, by the reason. */
  private Map<String, Long> unscored() {
    return rows.stream()
        .filter(row -> !row.isScored())
        .collect(
            Collectors.groupingBy(row -> row.status().name(), TreeMap::new, Collectors.counting()));
  }

  private Map<String, Long> labels(long anomalous, long normal) {
    Map<String, Long> labels = new LinkedHashMap<>();
    labels.put("anomalous", anomalous);
    labels.put("normal", normal);
    labels.put("unknown", rows.size() - anomalous - normal);
    return labels;
  }

  /** Episodes during which no record of the series is labelled anomalous. */
  private long falseAlarms() {
    Map<String, TreeSet<Long>> anomalous =
        rows.stream()
            .filter(row -> row.label() == 1)
            .collect(
                Collectors.groupingBy(
                    ScoreRow::series,
                    Collectors.mapping(
                        ScoreRow::eventTimeMillis, Collectors.toCollection(TreeSet::new))));
    return episodes.stream()
        .filter(
            episode -> {
              Long next =
                  anomalous
                      .getOrDefault(episode.series(), new TreeSet<>())
                      .ceiling(episode.startMillis());
              return next == null || next > episode.endMillis();
            })
        .count();
  }

  /** Share of the records that are labelled normal that alarm. */
  private OptionalDouble falseAlarmRate() {
    return rows.stream()
        .filter(row -> row.isScored() && row.label() == 0)
        .mapToDouble(row -> row.anomaly() ? 1 : 0)
        .average();
  }

  private Collection<String> notes(
      long scored, long alarmed, long anomalous, long normal, double seriesDays) {
    List<String> notes = new ArrayList<>();
    if (asked instanceof RecordRate budget
        && alarmed > WAY_TOO_MANY * budget.rate() * scored
        && alarmed > FEW_ALARMS) {
      notes.add(
          String.format(
              Locale.ROOT,
              "%.2g of the records alarm, asked for %.2g: " + TOO_MANY,
              (double) alarmed / scored,
              budget.rate()));
    }
    if (asked instanceof EpisodeRate budget
        && episodes.size() > WAY_TOO_MANY * budget.perSeriesDay() * seriesDays
        && episodes.size() > FEW_ALARMS) {
      notes.add(
          String.format(
              Locale.ROOT,
              "%.2g episodes per series and day, asked for %.2g: " + TOO_MANY,
              episodes.size() / seriesDays,
              budget.perSeriesDay()));
    }
    if (scored == 0) {
      notes.add("no record was scored");
    }
    if (anomalous + normal == 0) {
      notes.add("no record is labelled: whether the alarms are right cannot be measured");
    } else if (anomalous == 0 || normal == 0) {
      notes.add(
          "all %,d labels are equal: AUROC and average precision are undefined"
              .formatted(anomalous + normal));
    }
    return notes;
  }
}
