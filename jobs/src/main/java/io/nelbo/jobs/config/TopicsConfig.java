package io.nelbo.jobs.config;

import java.io.Serializable;

/**
 * Where results go.
 *
 * @param scoresMode how much of the scores topic is written
 * @param sampleEvery with {@code sampled}: one score in so many, and every anomalous one
 */
public record TopicsConfig(
    String anomalies,
    String scores,
    String deadLetters,
    String models,
    ScoresMode scoresMode,
    int sampleEvery)
    implements Serializable {
  /** How much of the scores topic is written. */
  public enum ScoresMode {
    ALL,
    SAMPLED,
    OFF
  }
}
