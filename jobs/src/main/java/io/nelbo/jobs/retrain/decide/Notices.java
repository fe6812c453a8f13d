package io.nelbo.jobs.retrain.decide;

import io.nelbo.jobs.retrain.ShadowCandidate;
import io.nelbo.jobs.retrain.due.SlideSpan;
import io.nelbo.jobs.retrain.due.TrainingOrder;
import io.nelbo.jobs.stream.ModelNotice;
import io.nelbo.model.artifact.FigureNames;
import io.nelbo.model.gate.GateOutcome;
import io.nelbo.model.train.TrainingSpan;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/** Decisions in the words of the model topic. */
public final class Notices {
  private static final String SEPARATOR = "; ";

  private final String modelId;
  private final LongSupplier clock;

  /**
   * @param clock wall clock in epoch milliseconds, for people only
   */
  public Notices(String modelId, LongSupplier clock) {
    this.modelId = modelId;
    this.clock = clock;
  }

  public ModelNotice activated(Outcome.Judged judged, long effectiveFromMillis) {
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
            clock.getAsLong()));
  }

  public ModelNotice rejected(Outcome.Judged judged, GateOutcome.Rejected gate) {
    return refused(judged, gate.reasons());
  }

  /** Passed the gate, but not again on records to come. */
  public ModelNotice rejectedInShadow(ShadowCandidate shadow, GateOutcome.Rejected gate) {
    ModelNotice candidate = shadow.notice();
    return ModelNotice.rejection(
            candidate.artifact(),
            candidate.spanStartMillis(),
            candidate.spanEndMillis(),
            candidate.rows(),
            candidate.heldOutNegativeElbo(),
            "in shadow: " + String.join(SEPARATOR, gate.reasons()),
            candidate.trigger(),
            clock.getAsLong())
        .comparedWith(
            gate.comparedWith(),
            gate.figures().getOrDefault(FigureNames.INCUMBENT_NEGATIVE_ELBO, Double.NaN),
            gate.figures());
  }

  /** Passed the gate again on records to come. */
  public ModelNotice activatedFromShadow(ShadowCandidate shadow, long effectiveFromMillis) {
    ModelNotice candidate = shadow.notice();
    return ModelNotice.activation(
            candidate.artifact(),
            effectiveFromMillis,
            candidate.spanStartMillis(),
            candidate.spanEndMillis(),
            candidate.rows(),
            candidate.heldOutNegativeElbo(),
            candidate.reason(),
            candidate.trigger(),
            clock.getAsLong())
        .comparedWith(
            candidate.incumbentVersion(), candidate.incumbentNegativeElbo(), candidate.figures());
  }

  /** Passed the gate, but a person decides. */
  public ModelNotice heldForAPerson(Outcome.Judged judged) {
    String version = judged.artifact().version();
    return refused(
        judged,
        List.of(
            "%s: %s passed the gate and waits for 'models promote %s'"
                .formatted(ModelNotice.HELD, version, version)));
  }

  private ModelNotice refused(Outcome.Judged judged, List<String> reasons) {
    List<String> words = new ArrayList<>(reasons);
    words.addAll(judged.remarks());
    TrainingSpan span = judged.order().span();
    return compared(
        judged,
        ModelNotice.rejection(
            judged.artifact(),
            span.startMillis(),
            span.endMillis(),
            span.records(),
            judged.heldOutNegativeElbo(),
            String.join(SEPARATOR, words),
            judged.order().trigger(),
            clock.getAsLong()));
  }

  private static ModelNotice compared(Outcome.Judged judged, ModelNotice notice) {
    return notice.comparedWith(
        judged.gate().comparedWith(),
        judged.gate().figures().getOrDefault(FigureNames.INCUMBENT_NEGATIVE_ELBO, Double.NaN),
        judged.gate().figures());
  }

  public ModelNotice failed(TrainingOrder order, String reason) {
    TrainingSpan span = order.span();
    return without(
        "FAILED", span.startMillis(), span.endMillis(), span.records(), reason, order.trigger());
  }

  public ModelNotice skipped(Outcome.Skipped outcome) {
    TrainingSpan span = outcome.order().span();
    return without(
        "SKIPPED",
        span.startMillis(),
        span.endMillis(),
        span.records(),
        outcome.reason(),
        outcome.order().trigger());
  }

  public ModelNotice skipped(SlideSpan span, String reason, String trigger) {
    return without("SKIPPED", span.startMillis(), span.endMillis(), span.rows(), reason, trigger);
  }

  private ModelNotice without(
      String kind, long startMillis, long endMillis, long rows, String reason, String trigger) {
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
        clock.getAsLong());
  }
}
