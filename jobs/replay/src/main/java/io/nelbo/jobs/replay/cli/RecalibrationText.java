package io.nelbo.jobs.replay.cli;

import io.nelbo.jobs.json.Json;
import io.nelbo.jobs.stream.ModelNotice;
import io.nelbo.model.artifact.ModelArtifact;
import io.nelbo.model.artifact.PublishedArtifact;
import io.nelbo.model.calibrate.AlarmBudget;
import io.nelbo.model.calibrate.AlarmBudget.EpisodeRate;
import io.nelbo.model.calibrate.AlarmBudget.RecordRate;
import io.nelbo.model.train.Recalibration;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What a recalibration changed: for people line by line, for machines as one JSON object. */
final class RecalibrationText {
  private final PrintWriter out;
  private final boolean json;

  RecalibrationText(PrintWriter out, boolean json) {
    this.out = out;
    this.json = json;
  }

  void print(
      AlarmBudget budget,
      ModelArtifact parent,
      Recalibration.Outcome outcome,
      PublishedArtifact published,
      Optional<ModelNotice> notice,
      Optional<String> provisional) {
    List<String> warnings = new ArrayList<>(outcome.warnings());
    provisional.ifPresent(warnings::add);
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("model", published.modelId());
    result.put("version", published.version());
    result.put("parent", parent.manifest().version());
    result.put("uri", published.uri());
    result.put("sha256", published.sha256());
    result.put("windows", outcome.windows());
    notice.ifPresent(
        written ->
            result.put(
                "effective_from", Instant.ofEpochMilli(written.effectiveFromMillis()).toString()));
    if (json) {
      if (budget instanceof EpisodeRate asked) {
        result.put("asked_false_alarms_per_series_day", asked.perSeriesDay());
      } else if (budget instanceof RecordRate asked) {
        result.put("asked_false_alarm_rate", asked.rate());
      }
      outcome.before().ifPresent(border -> result.put("before", fields(border)));
      result.put("after", fields(outcome.after()));
      result.put("warnings", warnings);
      out.println(Json.line(result));
      return;
    }
    result.put(
        "asked for",
        budget instanceof EpisodeRate asked
            ? "%s false alarms per series and day".formatted(asked.perSeriesDay())
            : "%s of the normal records".formatted(((RecordRate) budget).rate()));
    result.put(
        "before",
        outcome
            .before()
            .map(RecalibrationText::line)
            .orElse("no border: its calibration cannot keep to what is asked for"));
    result.put("after", line(outcome.after()));
    result.forEach((name, value) -> out.printf("%-24s%s%n", name.replace('_', ' '), value));
    warnings.forEach(warning -> out.println("warning: " + warning));
  }

  private static Map<String, Object> fields(Recalibration.Border border) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("border_nats", border.statistic());
    fields.put("border_p_value", border.pValue());
    fields.put("alarm_rate", border.recordRate());
    border
        .episodesPerSeriesDay()
        .ifPresent(perDay -> fields.put("episodes_per_series_day", perDay));
    return fields;
  }

  private static String line(Recalibration.Border border) {
    String episodes =
        border.episodesPerSeriesDay().isEmpty()
            ? ""
            : String.format(
                Locale.ROOT,
                ", %.3g episodes per series and day",
                border.episodesPerSeriesDay().getAsDouble());
    return String.format(
        Locale.ROOT,
        "border at %.4g nats: %.3g of these records alarm%s",
        border.statistic(),
        border.recordRate(),
        episodes);
  }
}
