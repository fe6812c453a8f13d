package io.nelbo.jobs.score;

import io.nelbo.jobs.stream.Scored;

/** A run of anomalies of one series, as state. Public fields: Flink keeps it as a POJO. */
public final class Episode {
  /** Id of the event that opened it. */
  public String id = "";

  /** Event time of the first anomaly. */
  public long startMillis;

  /** Event time of the last anomaly so far. */
  public long lastMillis;

  /** Anomalous records so far. */
  public long records;

  /** Score of the last event published. */
  public double publishedScore;

  /** The strangest record so far. */
  @SuppressWarnings("NullAway.Init") // set when opened or restored, before anybody looks
  public Scored worst;

  /** When the one pending timer fires. */
  public long timerMillis;
}
