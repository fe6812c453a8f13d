package io.nelbo.model.score;

/**
 * What the model expects of one window's newest record, in scaled units.
 *
 * @param mean of each feature, over the posterior
 * @param standardDeviation around it: the likelihood's own for this record and the spread of the
 *     decoder's mean over the posterior
 */
@SuppressWarnings("ArrayRecordComponent") // read at once, never compared
public record Expectation(double[] mean, double[] standardDeviation) {}
