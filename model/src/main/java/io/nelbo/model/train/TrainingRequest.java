package io.nelbo.model.train;

import io.nelbo.model.scale.FeatureScale;
import java.util.Map;

/**
 * One order to train.
 *
 * @param modelId the detector's model, one lower-case word with dashes
 * @param version positive and rising
 * @param span what to train on
 * @param config how
 * @param trigger why: {@code first}, {@code schedule}, {@code drift}, {@code manual}
 * @param exclusion records that are not fitted to
 * @param scalesBefore of series that an earlier model knew and the span leaves out: they stay known
 */
public record TrainingRequest(
    String modelId,
    long version,
    TrainingSpan span,
    TrainingConfig config,
    String trigger,
    FitExclusion exclusion,
    Map<String, FeatureScale> scalesBefore) {
  public TrainingRequest {
    scalesBefore = Map.copyOf(scalesBefore);
  }

  /** Fits to the whole span. */
  public TrainingRequest(
      String modelId, long version, TrainingSpan span, TrainingConfig config, String trigger) {
    this(modelId, version, span, config, trigger, FitExclusion.NONE, Map.of());
  }

  /**
   * SHA-256 in lower-case hex over all that the outcome depends on, as an artifact's provenance has
   * it: the program, the records, the settings, what is not fitted to and which scales are kept.
   * The version and the trigger are no part of it.
   */
  public String digest() {
    return TrainingDigest.of(this);
  }
}
