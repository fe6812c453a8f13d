package io.nelbo.jobs.replay.result;

/**
 * Where one window of a replay lies in the latent space of the model that scored it.
 *
 * @param mean of the posterior, one value per latent dimension
 * @param score 1.0 is the border
 * @param label 1 anomalous, 0 normal, -1 unknown
 */
@SuppressWarnings("ArrayRecordComponent") // read once, never compared
public record LatentPoint(
    String series, long eventTimeMillis, float[] mean, double score, int label) {}
