package io.nelbo.jobs.cli;

import io.nelbo.jobs.models.Disagreement;
import io.nelbo.jobs.models.ModelLedger;
import io.nelbo.jobs.stream.ModelNotice;
import io.nelbo.jobs.stream.TriggerWords;
import io.nelbo.jobs.text.NumberText;
import io.nelbo.model.artifact.FigureNames;
import io.nelbo.model.artifact.Manifest;
import io.nelbo.model.artifact.Provenance;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One version in short: for people one line, for machines one object.
 *
 * @param isTopicKnown whether the topic was asked what became of it
 */
record ModelSummary(ModelLedger.Entry entry, Optional<Manifest> manifest, boolean isTopicKnown) {
  private static final String HELD_OUT = FigureNames.HELD_OUT_NEGATIVE_ELBO;

  String line() {
    List<String> parts = new ArrayList<>();
    parts.add(entry.version());
    parts.add("%-9s".formatted(state()));
    entry
        .activation()
        .ifPresent(notice -> parts.add("from " + instant(notice.effectiveFromMillis())));
    span().ifPresent(span -> parts.add(span.line()));
    heldOut().ifPresent(parts::add);
    parent().ifPresent(parent -> parts.add("recalibrated " + parent));
    parts.add(why());
    if (entry.artifact().isEmpty()) {
      parts.add(entry.damaged() ? "(damaged in the store)" : "(not in the store)");
    }
    return String.join("  ", parts).stripTrailing();
  }

  Map<String, Object> fields(Optional<Disagreement> disagreement) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("version", entry.version());
    map.put("state", state());
    map.put("stored", entry.artifact().isPresent());
    entry
        .artifact()
        .ifPresent(
            artifact -> {
              map.put("uri", artifact.uri());
              map.put("sha256", artifact.sha256());
            });
    span()
        .ifPresent(
            span -> {
              map.put("span_start", instant(span.startMillis()));
              map.put("span_end", instant(span.endMillis()));
              map.put("rows", span.rows());
            });
    parent().ifPresent(parent -> map.put("recalibrated", parent));
    entry.decision().ifPresent(notice -> map.putAll(fields(notice)));
    entry
        .activation()
        .ifPresent(notice -> map.put("effective_from", instant(notice.effectiveFromMillis())));
    disagreement.ifPresent(
        found -> map.put("disagreement", Map.of("what", found.what(), "remedy", found.remedy())));
    return map;
  }

  /** One decision about a model. */
  static Map<String, Object> fields(ModelNotice notice) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("kind", notice.kind().name());
    map.put("trigger", TriggerWords.of(notice.trigger()));
    map.put("regime_change", notice.why().regimeChange());
    map.put("provisional", notice.why().provisional());
    map.put("reason", notice.reason());
    if (Double.isFinite(notice.heldOutNegativeElbo())) {
      map.put(HELD_OUT, notice.heldOutNegativeElbo());
    }
    if (!notice.incumbentVersion().isEmpty()) {
      map.put("compared_with", notice.incumbentVersion());
    }
    if (Double.isFinite(notice.incumbentNegativeElbo())) {
      map.put(FigureNames.INCUMBENT_NEGATIVE_ELBO, notice.incumbentNegativeElbo());
    }
    map.put("figures", notice.figures());
    return map;
  }

  String state() {
    return isTopicKnown ? entry.state().name().toLowerCase(Locale.ROOT) : "unknown";
  }

  private String why() {
    return entry
        .decision()
        .map(
            notice ->
                TriggerWords.of(notice.trigger())
                    + (notice.reason().isEmpty() ? "" : ": " + notice.reason()))
        .orElseGet(
            () ->
                Stream.concat(
                        isTopicKnown ? Stream.of("not announced") : Stream.empty(),
                        manifest.stream().map(known -> "by " + known.provenance().trigger()))
                    .collect(Collectors.joining(", ")));
  }

  private record Span(long startMillis, long endMillis, long rows) {
    String line() {
      return "%s to %s".formatted(NumberText.count(rows, "row"), Instant.ofEpochMilli(endMillis));
    }
  }

  private Optional<Span> span() {
    if (manifest.isPresent()) {
      Provenance.Records trained = manifest.get().provenance().records();
      return Optional.of(new Span(trained.startMillis(), trained.endMillis(), trained.count()));
    }
    return entry
        .decision()
        .map(notice -> new Span(notice.spanStartMillis(), notice.spanEndMillis(), notice.rows()));
  }

  /** Of the last that compared it with another on the same rows; else what it says itself. */
  private Optional<String> heldOut() {
    List<ModelNotice> decisions = entry.decisions();
    for (int i = decisions.size() - 1; i >= 0; i--) {
      ModelNotice notice = decisions.get(i);
      if (Double.isFinite(notice.heldOutNegativeElbo())) {
        String own = nats(notice.heldOutNegativeElbo());
        return Optional.of(
            Double.isFinite(notice.incumbentNegativeElbo())
                ? "%s (%s %s)"
                    .formatted(own, notice.incumbentVersion(), nats(notice.incumbentNegativeElbo()))
                : own);
      }
    }
    return manifest.map(known -> known.figures().get(HELD_OUT)).map(ModelSummary::nats);
  }

  private static String nats(double figure) {
    return NumberText.figure(figure) + " nats";
  }

  private Optional<String> parent() {
    return manifest
        .flatMap(known -> known.provenance().recalibrated())
        .map(Provenance.Recalibrated::parent);
  }

  private static String instant(long millis) {
    return Instant.ofEpochMilli(millis).toString();
  }
}
