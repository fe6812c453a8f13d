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

  /** Where the last anomaly lay. */
  public int lastPartition;

  /** Where the last anomaly lay. */
  public long lastOffset;

  /** Event time from which silence counts: the last anomaly's, or the watermark's if later. */
  public long silentSinceMillis;

  /** Whether its end has been published; it is kept, so that a late anomaly does not page again. */
  public boolean closed;

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
