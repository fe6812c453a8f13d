package io.nelbo.model.fit;

/**
 * Where a training stands.
 *
 * @param step steps done
 * @param steps steps at most; early stopping may end before
 * @param trainingLoss last batch's loss per window, in nats of the scaled features
 * @param heldOutNegativeElbo last figure of the stop blocks, NaN before the first
 */
public record TrainingProgress(
    int step, int steps, double trainingLoss, double heldOutNegativeElbo) {}
