package io.nelbo.jobs.retrain;

import io.nelbo.jobs.stream.ModelNotice;
import io.nelbo.model.gate.GateOutcome;
import io.nelbo.model.train.TrainingSpan;
import java.util.ArrayList;
import java.util.List;

/** Decisions in the words of the model topic. */
final class Notices {
  private static final String SEPARATOR = "; ";

  private final String modelId;

  Notices(String modelId) {
    this.modelId = modelId;
  }

  ModelNotice activated(Outcome.Judged judged, long effectiveFromMillis, long nowMillis) {
    return compared(
        judged,
        ModelNotice.activation(
            judged.artifact(),
            effectiveFromMillis,
            judged.order().span().startMillis(),
            judged.order().span().endMillis(),
            judged.order().span().records(),
            judged.heldOutNegativeElbo(),
            String.join(SEPARATOR, judged.remarks()),
            judged.order().trigger(),
            nowMillis));
  }

  ModelNotice rejected(Outcome.Judged judged, GateOutcome.Rejected gate, long nowMillis) {
    return refused(judged, gate.reasons(), nowMillis);
  }

  /** Passed the gate, but a person decides. */
  ModelNotice heldForAPerson(Outcome.Judged judged, long nowMillis) {
    String version = judged.artifact().version();
    return refused(
        judged,
        List.of(
            "retrain.gate is manual: %s passed the gate and waits for 'models promote %s'"
                .formatted(version, version)),
        nowMillis);
  }

  private ModelNotice refused(Outcome.Judged judged, List<String> reasons, long nowMillis) {
    List<String> words = new ArrayList<>(reasons);
    words.addAll(judged.remarks());
    TrainingSpan span = judged.order().span();
    return compared(
        judged,
        new ModelNotice(
            ModelNotice.UNWRITTEN,
            "REJECTED",
            modelId,
            judged.artifact().version(),
            judged.artifact().uri(),
            judged.artifact().sha256(),
            Long.MAX_VALUE,
            span.startMillis(),
            span.endMillis(),
            span.records(),
            judged.heldOutNegativeElbo(),
            String.join(SEPARATOR, words),
            judged.order().trigger(),
            nowMillis));
  }

  private static ModelNotice compared(Outcome.Judged judged, ModelNotice notice) {
    return notice.comparedWith(
        judged.incumbent(),
        judged.gate().figures().getOrDefault("incumbent_negative_elbo", Double.NaN),
        judged.gate().figures());
  }

  ModelNotice failed(TrainingOrder order, String reason, long nowMillis) {
    TrainingSpan span = order.span();
    return without(
        "FAILED",
        span.startMillis(),
        span.endMillis(),
        span.records(),
        reason,
        order.trigger(),
        nowMillis);
  }

  ModelNotice skipped(Outcome.Skipped outcome, long nowMillis) {
    TrainingSpan span = outcome.order().span();
    return skipped(
        span.startMillis(),
        span.endMillis(),
        span.records(),
        outcome.reason(),
        outcome.order().trigger(),
        nowMillis);
  }

  ModelNotice skipped(
      long startMillis, long endMillis, long rows, String reason, String trigger, long nowMillis) {
    return without("SKIPPED", startMillis, endMillis, rows, reason, trigger, nowMillis);
  }

  private ModelNotice without(
      String kind,
      long startMillis,
      long endMillis,
      long rows,
      String reason,
      String trigger,
      long nowMillis) {
    return new ModelNotice(
        ModelNotice.UNWRITTEN,
        kind,
        modelId,
        "",
        "",
        "",
        Long.MAX_VALUE,
        startMillis,
        endMillis,
        rows,
        Double.NaN,
        reason,
        trigger,
        nowMillis);
  }
}
