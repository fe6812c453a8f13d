package io.nelbo.model.train;

import static io.nelbo.model.Preconditions.requireArgument;

import io.nelbo.model.artifact.Manifest;
import io.nelbo.model.artifact.ModelArtifact;
import io.nelbo.model.family.Families;
import io.nelbo.model.fit.TrainingConfig;
import io.nelbo.model.scale.FeatureScale;
import java.util.Map;
import java.util.Optional;

/**
 * One order to train.
 *
 * @param modelId the detector's model, one lower-case word with dashes
 * @param version positive and rising
 * @param span what to train on
 * @param config how
 * @param trigger why: {@code first}, {@code schedule}, {@code drift}, {@code manual}
 * @param exclusion records that are not fitted to, as far as they are few
 * @param scalesBefore of series that an earlier model knew and the span leaves out: they stay known
 * @param start the model whose weights the training starts from; empty for weights that are drawn
 */
public record TrainingRequest(
    String modelId,
    long version,
    TrainingSpan span,
    TrainingConfig config,
    String trigger,
    FitExclusion exclusion,
    Map<String, FeatureScale> scalesBefore,
    Optional<ModelArtifact> start) {
  public TrainingRequest {
    scalesBefore = Map.copyOf(scalesBefore);
    requireArgument(
        start.isEmpty() || canStartFrom(start.get().manifest(), span, config),
        "a training can start from the weights of a model of the same features, context, window,"
            + " network and likelihood only, %s has others",
        start.map(model -> model.manifest().version()).orElse(""));
  }

  /** Starts from weights that are drawn. */
  public TrainingRequest(
      String modelId,
      long version,
      TrainingSpan span,
      TrainingConfig config,
      String trigger,
      FitExclusion exclusion,
      Map<String, FeatureScale> scalesBefore) {
    this(modelId, version, span, config, trigger, exclusion, scalesBefore, Optional.empty());
  }

  /** Fits to the whole span. */
  public TrainingRequest(
      String modelId, long version, TrainingSpan span, TrainingConfig config, String trigger) {
    this(modelId, version, span, config, trigger, FitExclusion.NONE, Map.of());
  }

  /** Whether this model's weights can be where such a training starts. */
  public static boolean canStartFrom(Manifest model, TrainingSpan span, TrainingConfig config) {
    return model.family().equals(config.family())
        && Families.named(config.family(), span.shape())
            .canStartFrom(model, span.window(config.windowLength()), config);
  }

  /**
   * The same from the weights of this model, at the full weight of the divergence from the first
   * step on. The weights live in the scaled space and are taken as they are, while the scaler is
   * fitted anew: where a feature's centre or scale has moved, the first layer and the decoder's
   * last one start off by that move, and the training has to make up for it.
   *
   * @throws IllegalArgumentException unless {@link #canStartFrom} says so
   */
  public TrainingRequest startingFrom(ModelArtifact model) {
    return new TrainingRequest(
        modelId, version, span, config, trigger, exclusion, scalesBefore, Optional.of(model));
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
