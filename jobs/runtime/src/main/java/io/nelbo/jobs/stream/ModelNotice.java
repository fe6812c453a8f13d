package io.nelbo.jobs.stream;

import io.nelbo.model.artifact.PublishedArtifact;
import java.io.Serializable;
import java.util.Map;

/**
 * A decision about a model as it travels on streams and in broadcast state: metadata, never
 * weights.
 *
 * @param offset in the model topic; -1 before it has been written
 * @param kind ACTIVATED, REJECTED, SKIPPED or FAILED
 * @param modelId the model's name
 * @param version like {@code v000042}; empty when none was made
 * @param uri folder of the artifact
 * @param sha256 checksum of the artifact's manifest
 * @param effectiveFromMillis first event time that an activated model governs, inclusive
 * @param spanStartMillis training span, inclusive
 * @param spanEndMillis training span, exclusive
 * @param rows in the training span
 * @param heldOutNegativeElbo mean on held-out rows in nats; NaN when there is none
 * @param reason why, in words
 * @param trigger what asked for it
 * @param decidedAtMillis wall clock, for people only
 * @param incumbentVersion that it was compared with; empty without one
 * @param incumbentNegativeElbo of that one on the same rows; NaN when there is none
 * @param figures of the gate by name
 */
public record ModelNotice(
    long offset,
    String kind,
    String modelId,
    String version,
    String uri,
    String sha256,
    long effectiveFromMillis,
    long spanStartMillis,
    long spanEndMillis,
    long rows,
    double heldOutNegativeElbo,
    String reason,
    String trigger,
    long decidedAtMillis,
    String incumbentVersion,
    double incumbentNegativeElbo,
    Map<String, Double> figures)
    implements Serializable {
  public static final String ACTIVATED = "ACTIVATED";
  public static final String REJECTED = "REJECTED";

  /** How the reason begins of a candidate that passed the gate and waits for a person. */
  public static final String HELD = "retrain.gate is manual";

  /** The offset of what has not been written. */
  public static final long UNWRITTEN = -1;

  /** A decision that compared nothing. */
  public ModelNotice(
      long offset,
      String kind,
      String modelId,
      String version,
      String uri,
      String sha256,
      long effectiveFromMillis,
      long spanStartMillis,
      long spanEndMillis,
      long rows,
      double heldOutNegativeElbo,
      String reason,
      String trigger,
      long decidedAtMillis) {
    this(
        offset,
        kind,
        modelId,
        version,
        uri,
        sha256,
        effectiveFromMillis,
        spanStartMillis,
        spanEndMillis,
        rows,
        heldOutNegativeElbo,
        reason,
        trigger,
        decidedAtMillis,
        "",
        Double.NaN,
        Map.of());
  }

  /** Activates an artifact; not written yet. */
  public static ModelNotice activation(
      PublishedArtifact artifact,
      long effectiveFromMillis,
      long spanStartMillis,
      long spanEndMillis,
      long rows,
      double heldOutNegativeElbo,
      String reason,
      String trigger,
      long decidedAtMillis) {
    return new ModelNotice(
        UNWRITTEN,
        ACTIVATED,
        artifact.modelId(),
        artifact.version(),
        artifact.uri(),
        artifact.sha256(),
        effectiveFromMillis,
        spanStartMillis,
        spanEndMillis,
        rows,
        heldOutNegativeElbo,
        reason,
        trigger,
        decidedAtMillis);
  }

  /** Says that an artifact shall not govern; not written yet. */
  public static ModelNotice rejection(
      PublishedArtifact artifact,
      long spanStartMillis,
      long spanEndMillis,
      long rows,
      double heldOutNegativeElbo,
      String reason,
      String trigger,
      long decidedAtMillis) {
    return new ModelNotice(
        UNWRITTEN,
        REJECTED,
        artifact.modelId(),
        artifact.version(),
        artifact.uri(),
        artifact.sha256(),
        Long.MAX_VALUE,
        spanStartMillis,
        spanEndMillis,
        rows,
        heldOutNegativeElbo,
        reason,
        trigger,
        decidedAtMillis);
  }

  /** The same at this place in the model topic. */
  public ModelNotice withOffset(long newOffset) {
    return new ModelNotice(
        newOffset,
        kind,
        modelId,
        version,
        uri,
        sha256,
        effectiveFromMillis,
        spanStartMillis,
        spanEndMillis,
        rows,
        heldOutNegativeElbo,
        reason,
        trigger,
        decidedAtMillis,
        incumbentVersion,
        incumbentNegativeElbo,
        figures);
  }

  /** What it is about; without a version there is none. */
  public PublishedArtifact artifact() {
    return new PublishedArtifact(modelId, version, uri, sha256);
  }

  /** The same with what the gate compared. */
  public ModelNotice comparedWith(
      String otherVersion, double otherNegativeElbo, Map<String, Double> gateFigures) {
    return new ModelNotice(
        offset,
        kind,
        modelId,
        version,
        uri,
        sha256,
        effectiveFromMillis,
        spanStartMillis,
        spanEndMillis,
        rows,
        heldOutNegativeElbo,
        reason,
        trigger,
        decidedAtMillis,
        otherVersion,
        otherNegativeElbo,
        gateFigures);
  }

  /** The same decision about the same artifact in another place; not written yet. */
  public ModelNotice at(PublishedArtifact artifact) {
    return new ModelNotice(
        UNWRITTEN,
        kind,
        modelId,
        version,
        artifact.uri(),
        artifact.sha256(),
        effectiveFromMillis,
        spanStartMillis,
        spanEndMillis,
        rows,
        heldOutNegativeElbo,
        reason,
        trigger,
        decidedAtMillis,
        incumbentVersion,
        incumbentNegativeElbo,
        figures);
  }

  public boolean isActivation() {
    return kind.equals(ACTIVATED);
  }

  /** Passed the gate, and a person decides. */
  public boolean isWaiting() {
    return kind.equals(REJECTED) && reason.startsWith(HELD);
  }
}
