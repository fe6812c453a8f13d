package io.nelbo.jobs.stream;

import io.nelbo.model.artifact.PublishedArtifact;
import io.nelbo.schemas.ModelEventKind;
import io.nelbo.schemas.ModelState;

/** Decisions about models as they are made: compared with nothing, and not written yet. */
public final class NewNotice {
  private NewNotice() {}

  /** Activates an artifact; compared with nothing and not written yet. */
  public static ModelNotice activation(
      PublishedArtifact artifact,
      long effectiveFromMillis,
      ModelNotice.Span span,
      double heldOutNegativeElbo,
      ModelNotice.Why why,
      long decidedAtMillis) {
    return new ModelNotice(
        new ModelNotice.Position(ModelNotice.UNWRITTEN, decidedAtMillis),
        ModelEventKind.ACTIVATED,
        ModelState.GOVERNING,
        ModelNotice.Subject.of(artifact),
        effectiveFromMillis,
        span,
        ModelNotice.Compared.alone(heldOutNegativeElbo),
        why);
  }

  /** Says that an artifact shall not govern; compared with nothing and not written yet. */
  public static ModelNotice rejection(
      PublishedArtifact artifact,
      ModelNotice.Span span,
      double heldOutNegativeElbo,
      ModelNotice.Why why,
      long decidedAtMillis) {
    return new ModelNotice(
        new ModelNotice.Position(ModelNotice.UNWRITTEN, decidedAtMillis),
        ModelEventKind.REJECTED,
        ModelState.DROPPED,
        ModelNotice.Subject.of(artifact),
        Long.MAX_VALUE,
        span,
        ModelNotice.Compared.alone(heldOutNegativeElbo),
        why);
  }

  /** No version came of a span; not written yet. */
  public static ModelNotice withoutVersion(
      ModelEventKind kind,
      String modelId,
      ModelNotice.Span span,
      ModelNotice.Why why,
      long decidedAtMillis) {
    return new ModelNotice(
        new ModelNotice.Position(ModelNotice.UNWRITTEN, decidedAtMillis),
        kind,
        ModelState.NONE,
        ModelNotice.Subject.none(modelId),
        Long.MAX_VALUE,
        span,
        ModelNotice.Compared.NOTHING,
        why);
  }
}
