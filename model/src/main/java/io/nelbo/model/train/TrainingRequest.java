package io.nelbo.model.train;

/**
 * One order to train.
 *
 * @param modelId the detector's model, one lower-case word with dashes
 * @param version positive and rising
 * @param span what to train on
 * @param config how
 * @param trigger why: {@code first}, {@code schedule}, {@code drift}, {@code manual}
 */
public record TrainingRequest(
    String modelId, long version, TrainingSpan span, TrainingConfig config, String trigger) {}
