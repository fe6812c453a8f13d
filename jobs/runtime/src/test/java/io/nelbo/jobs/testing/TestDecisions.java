package io.nelbo.jobs.testing;

import io.nelbo.jobs.stream.ModelNotice;
import io.nelbo.jobs.stream.ModelNotice.Span;
import io.nelbo.jobs.stream.ModelNotice.Why;
import io.nelbo.jobs.stream.NewNotice;
import io.nelbo.model.artifact.PublishedArtifact;
import io.nelbo.schemas.ModelEventKind;
import io.nelbo.schemas.ModelTrigger;

/** Decisions in as few words as a test needs. */
public final class TestDecisions {
  private static final Span SPAN = new Span(0, 1, 1);

  private TestDecisions() {}

  /** Governs from here on. */
  public static ModelNotice activated(
      PublishedArtifact artifact, long offset, long effectiveFromMillis) {
    return NewNotice.activation(
            artifact, effectiveFromMillis, SPAN, 0, Why.of(ModelTrigger.FIRST), 0)
        .withOffset(offset);
  }

  /** The same about a version of the test's model that lies nowhere. */
  public static ModelNotice activated(String version, long offset, long effectiveFromMillis) {
    return activated(nowhere(version), offset, effectiveFromMillis);
  }

  /** A candidate that did not pass. */
  public static ModelNotice rejected(PublishedArtifact artifact, long offset, String reason) {
    return NewNotice.rejection(artifact, SPAN, 1.5, Why.of(ModelTrigger.SCHEDULE, reason), 0)
        .withOffset(offset);
  }

  /** The same about a version of the test's model that lies nowhere. */
  public static ModelNotice rejected(String version, long offset) {
    return rejected(nowhere(version), offset, "no");
  }

  /** A slide without a model. */
  public static ModelNotice skipped(long offset) {
    return NewNotice.withoutVersion(
            ModelEventKind.SKIPPED, TestModels.ID, SPAN, Why.of(ModelTrigger.SCHEDULE), 0)
        .withOffset(offset);
  }

  private static PublishedArtifact nowhere(String version) {
    return new PublishedArtifact(TestModels.ID, version, "", "");
  }
}
