package io.nelbo.jobs.config;

import java.io.Serializable;

/** Where results go. */
public record TopicsConfig(
    @Setting(means = "topic of the anomaly events", fallback = "<dataset>.anomalies")
        String anomalies,
    @Setting(means = "topic of the scores", fallback = "<dataset>.scores") String scores,
    @Setting(means = "topic of refused records", fallback = "<dataset>.dead-letters")
        String deadLetters,
    @Setting(
            means = "topic of model events, one partition, never compacted",
            fallback = "<dataset>.models")
        String models,
    @Setting(means = "how much of the scores topic is written", fallback = "all")
        ScoresMode scoresMode,
    @Setting(
            means = "with sampled: one score in so many, and every anomalous one",
            fallback = "100")
        int sampleEvery)
    implements Serializable {
  /** How much of the scores topic is written. */
  public enum ScoresMode {
    ALL,
    SAMPLED,
    OFF
  }
}
