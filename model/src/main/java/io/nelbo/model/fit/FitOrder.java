package io.nelbo.model.fit;

import ai.djl.Device;
import io.nelbo.model.artifact.ModelArtifact;
import io.nelbo.model.record.WindowShape;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * What a family is to fit to.
 *
 * @param window what a model is shown
 * @param span scaled, or as it came, as the family asked for
 * @param fit windows to fit to
 * @param stop windows that are for choosing between models: when to stop, how many components
 * @param start a model whose weights are a place to start from; only where the family can
 * @param device where to compute
 * @param timeIsUp whether the budget is spent; what is best by then is kept
 */
public record FitOrder(
    TrainingConfig config,
    WindowShape window,
    ScaledSpan span,
    Windows fit,
    Windows stop,
    Optional<ModelArtifact> start,
    Device device,
    BooleanSupplier timeIsUp) {}
