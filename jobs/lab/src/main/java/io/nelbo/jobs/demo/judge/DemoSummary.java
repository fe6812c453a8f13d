package io.nelbo.jobs.demo.judge;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.nelbo.jobs.demo.csv.TrainingPart;
import io.nelbo.jobs.demo.plant.PlantedFault;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a run ended.
 *
 * @param flow of records
 * @param training what became of those that the first model could have been trained on; empty where
 *     all were
 * @param decisions of the retrain job, in their order
 * @param detection what was found
 * @param comparison with a run that keeps its first model; empty where there is none
 * @param inspection of a line's frames; empty where records are none
 * @param seed of plant and trainings
 */
public record DemoSummary(
    Flow flow,
    Optional<TrainingPart> training,
    List<Decision> decisions,
    Detection detection,
    Optional<Comparison> comparison,
    Optional<Inspection> inspection,
    long seed) {
  /**
   * @param recordsIn records that Kafka has confirmed
   * @param fates what became of them
   * @param feeding wall time without the waits for training
   * @param complete whether the fate of every record was seen
   */
  public record Flow(long recordsIn, Fates fates, Duration feeding, boolean complete) {
    public double recordsPerSecond() {
      return feeding.isZero() ? 0 : recordsIn / (feeding.toMillis() / 1000.0);
    }

    /** Records in whose fate was not seen; below zero, fates too many. */
    public long unaccounted() {
      return recordsIn - fates.known();
    }

    /** In = scored + unscored + late + dead-lettered. */
    public boolean isBalanced() {
      return unaccounted() == 0;
    }
  }

  /**
   * @param seriesDays event time after the first model, summed over the series, in days
   * @param verdict on the planted faults
   * @param episodes how many there were
   * @param ranking of the labelled scored records
   */
  public record Detection(double seriesDays, Verdict verdict, int episodes, Ranking ranking) {
    /** Zero while there was no series-day to divide by. */
    public double falseAlarmsPerSeriesDay() {
      return seriesDays == 0 ? 0 : verdict.falseAlarms().size() / seriesDays;
    }
  }

  public DemoSummary {
    decisions = List.copyOf(decisions);
  }

  /** In the order of activation. */
  public List<String> modelVersions() {
    return decisions.stream().filter(Decision::isActivation).map(Decision::version).toList();
  }

  /** The content of {@code summary.json}. */
  public String json() {
    try {
      return new ObjectMapper()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .writeValueAsString(tree());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of plain values is always JSON", e);
    }
  }

  private Map<String, @Nullable Object> tree() {
    Fates fates = flow.fates();
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    tree.put("records_in", flow.recordsIn());
    tree.put("scored", fates.scored());
    tree.put("unscored", fates.unscored());
    tree.put("unscored_by_reason", fates.unscoredBy());
    tree.put("late", fates.late());
    tree.put("dead_lettered", fates.deadLettered());
    tree.put("dead_lettered_by_reason", fates.deadLettersBy());
    tree.put("overdue", fates.overdue());
    training.ifPresent(part -> tree.put("training_part", tree(part)));
    tree.put("series_days_after_first_model", rounded(detection.seriesDays()));
    inspection.ifPresentOrElse(found -> tree.putAll(found.tree()), () -> putFaults(tree));
    tree.put("records_per_second", rounded(flow.recordsPerSecond()));
    tree.put("model_versions", modelVersions());
    tree.put("decisions", decisions.stream().map(DemoSummary::tree).toList());
    comparison.ifPresent(value -> tree.put("comparison", tree(value)));
    tree.put("seed", seed);
    tree.put("episodes", detection.episodes());
    tree.put("complete", flow.complete());
    if (inspection.isEmpty()) {
      putRanking(tree);
      tree.put("faults", faults());
    }
    return tree;
  }

  private void putFaults(Map<String, @Nullable Object> tree) {
    Verdict verdict = detection.verdict();
    tree.put("faults_planted", verdict.outcomes().size());
    tree.put("faults_found", verdict.found());
    tree.put("faults_in_open_alarm", verdict.inOpenAlarm());
    tree.put("false_alarms_per_series_day", rounded(detection.falseAlarmsPerSeriesDay()));
  }

  private void putRanking(Map<String, @Nullable Object> tree) {
    Ranking ranking = detection.ranking();
    tree.put("labelled_normal", ranking.normal());
    tree.put("labelled_anomalous", ranking.anomalous());
    ranking.auroc().ifPresent(value -> tree.put("auroc", value));
    ranking.averagePrecision().ifPresent(value -> tree.put("average_precision", value));
  }

  private static Map<String, @Nullable Object> tree(TrainingPart part) {
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    tree.put("until", part.border().toString());
    tree.put("rows", part.rows());
    tree.put("trained_on", part.trained());
    tree.put("labelled_anomalous", part.anomalous());
    tree.put("late_or_repeated", part.late());
    tree.put("refused", part.refused());
    return tree;
  }

  private static Map<String, @Nullable Object> tree(Decision decision) {
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    tree.put("span_end", decision.spanEnd().toString());
    tree.put("kind", decision.kind().name());
    tree.put("version", decision.version());
    tree.put("effective_from", decision.effectiveFrom().map(Instant::toString).orElse(null));
    tree.put("reason", decision.why().line());
    return tree;
  }

  private static Map<String, @Nullable Object> tree(Comparison comparison) {
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    tree.put("asked_share", comparison.askedShare());
    tree.put("asked_per_series_day", rounded(comparison.askedPerSeriesDay()));
    comparison
        .learning()
        .ifPresent(
            learning -> {
              tree.put("learned_by", learning.version());
              tree.put("learned_from", learning.from().toString());
              tree.put("hours_to_learn", learning.took().toMinutes() / 60.0);
            });
    List<Map<String, @Nullable Object>> phases = new ArrayList<>();
    for (PhaseOutcome outcome : comparison.phases()) {
      Map<String, @Nullable Object> phase = new LinkedHashMap<>();
      phase.put("phase", outcome.phase().name());
      phase.put("from", outcome.phase().from().toString());
      phase.put("until", outcome.phase().until().toString());
      phase.put("with_retraining", tree(outcome.retrained()));
      phase.put("first_model_kept", tree(outcome.kept()));
      phases.add(phase);
    }
    tree.put("phases", phases);
    return tree;
  }

  private static Map<String, @Nullable Object> tree(RunFigures figures) {
    AlarmFigures alarms = figures.falseAlarms();
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    tree.put("series_days", rounded(alarms.seriesDays()));
    tree.put("normal_readings", alarms.readings());
    tree.put("of_which_alarm", alarms.alarms());
    tree.put("false_alarms_per_series_day", rounded(alarms.perSeriesDay()));
    tree.put("faults_planted", figures.planted());
    tree.put("faults_found", figures.found());
    tree.put("faults_in_open_alarm", figures.inOpenAlarm());
    return tree;
  }

  private List<Map<String, @Nullable Object>> faults() {
    List<Map<String, @Nullable Object>> faults = new ArrayList<>();
    for (FaultOutcome outcome : detection.verdict().outcomes()) {
      PlantedFault fault = outcome.fault();
      Map<String, @Nullable Object> tree = new LinkedHashMap<>();
      tree.put("kind", fault.kind().words());
      tree.put("series", fault.series());
      tree.put("sensors", fault.sensors());
      tree.put("start", fault.start().toString());
      tree.put("length_seconds", fault.length().toSeconds());
      tree.put("size_sigmas", rounded(fault.sizeSigmas()));
      tree.put("inside_normal_range", fault.insideNormalRange());
      tree.put("found", outcome.found());
      tree.put("in_open_alarm", outcome.inOpenAlarm());
      tree.put("delay_seconds", outcome.delay().map(Duration::toSeconds).orElse(null));
      faults.add(tree);
    }
    return faults;
  }

  private static double rounded(double value) {
    return Math.round(value * 1000) / 1000.0;
  }
}
