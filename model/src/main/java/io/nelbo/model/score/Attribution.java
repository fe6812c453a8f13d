package io.nelbo.model.score;

/**
 * One feature's part in an anomaly, in raw units.
 *
 * @param feature name of the feature
 * @param share its part of the squared deviation from what was expected, in [0, 1]
 * @param observed the value that arrived; NaN when not observed
 * @param expected what the model expected given the features that are not to blame
 * @param expectedStandardDeviation how far from that value the model expects a normal record
 */
public record Attribution(
    String feature,
    double share,
    double observed,
    double expected,
    double expectedStandardDeviation) {}
