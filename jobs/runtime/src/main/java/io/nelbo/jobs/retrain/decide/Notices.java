package io.nelbo.jobs.retrain.decide;

import io.nelbo.jobs.retrain.ShadowCandidate;
import io.nelbo.jobs.retrain.due.SlideSpan;
import io.nelbo.jobs.retrain.due.TrainingOrder;
import io.nelbo.jobs.stream.ModelNotice;
import io.nelbo.jobs.stream.NewNotice;
import io.nelbo.model.artifact.FigureNames;
import io.nelbo.model.gate.GateOutcome;
import io.nelbo.model.train.TrainingSpan;
import io.nelbo.schemas.ModelEventKind;
import io.nelbo.schemas.ModelTrigger;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/** Decisions as the model topic carries them. */
public final class Notices {
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
    return NewNotice.activation(
            judged.artifact(),
            effectiveFromMillis,
            span(judged.order().span()),
            judged.heldOutNegativeElbo(),
            judged.remarks().why(judged.order().trigger()),
            clock.getAsLong())
        .withCompared(compared(judged.heldOutNegativeElbo(), judged.gate()));
  }

  public ModelNotice rejected(Outcome.Judged judged, GateOutcome.Rejected gate) {
    return refused(judged, gate.reasons());
  }

  /** Passed the gate, but not again on records to come. */
  public ModelNotice rejectedInShadow(ShadowCandidate shadow, GateOutcome.Rejected gate) {
    ModelNotice candidate = shadow.notice();
    List<String> reasons = new ArrayList<>(gate.reasons());
    reasons.set(0, "in shadow: " + reasons.get(0));
    return NewNotice.rejection(
            candidate.artifact(),
            candidate.span(),
            candidate.heldOutNegativeElbo(),
            ModelNotice.Why.of(candidate.trigger(), reasons).inShadow(candidate.version()),
            clock.getAsLong())
        .withCompared(compared(candidate.heldOutNegativeElbo(), gate));
  }

  /** Passed the gate again on records to come. */
  public ModelNotice activatedFromShadow(ShadowCandidate shadow, long effectiveFromMillis) {
    ModelNotice candidate = shadow.notice();
    return NewNotice.activation(
            candidate.artifact(),
            effectiveFromMillis,
            candidate.span(),
            candidate.heldOutNegativeElbo(),
            candidate.why().inShadow(candidate.version()),
            clock.getAsLong())
        .withCompared(candidate.compared());
  }

  /** Passed the gate, but a person decides. */
  public ModelNotice heldForAPerson(Outcome.Judged judged) {
    String version = judged.artifact().version();
    return refused(
            judged,
            List.of(
                "retrain.gate is manual: %s passed the gate and waits for 'models promote %s'"
                    .formatted(version, version)))
        .held();
  }

  private ModelNotice refused(Outcome.Judged judged, List<String> reasons) {
    return NewNotice.rejection(
            judged.artifact(),
            span(judged.order().span()),
            judged.heldOutNegativeElbo(),
            judged.remarks().after(reasons).why(judged.order().trigger()),
            clock.getAsLong())
        .withCompared(compared(judged.heldOutNegativeElbo(), judged.gate()));
  }

  private static ModelNotice.Compared compared(double heldOutNegativeElbo, GateOutcome gate) {
    return new ModelNotice.Compared(
        heldOutNegativeElbo,
        gate.comparedWith(),
        gate.figures().getOrDefault(FigureNames.INCUMBENT_NEGATIVE_ELBO, Double.NaN),
        gate.figures());
  }

  public ModelNotice failed(TrainingOrder order, String reason) {
    return without(
        ModelEventKind.FAILED, span(order.span()), ModelNotice.Why.of(order.trigger(), reason));
  }

  public ModelNotice skipped(Outcome.Skipped outcome) {
    return without(
        ModelEventKind.SKIPPED,
        span(outcome.order().span()),
        outcome.remarks().why(outcome.order().trigger()));
  }

  public ModelNotice skipped(SlideSpan slide, String reason, ModelTrigger trigger) {
    return without(ModelEventKind.SKIPPED, span(slide), ModelNotice.Why.of(trigger, reason));
  }

  /** The slide's records are the trial of a candidate. */
  public ModelNotice skippedForShadow(SlideSpan slide, String reason, String version) {
    return without(
        ModelEventKind.SKIPPED,
        span(slide),
        ModelNotice.Why.of(ModelTrigger.SCHEDULE, reason).inShadow(version));
  }

  private ModelNotice without(ModelEventKind kind, ModelNotice.Span span, ModelNotice.Why why) {
    return NewNotice.withoutVersion(kind, modelId, span, why, clock.getAsLong());
  }

  private static ModelNotice.Span span(TrainingSpan span) {
    return new ModelNotice.Span(span.startMillis(), span.endMillis(), span.records());
  }

  private static ModelNotice.Span span(SlideSpan slide) {
    return new ModelNotice.Span(slide.startMillis(), slide.endMillis(), slide.rows());
  }
}
