package io.nelbo.jobs.stream;

/**
 * One event for the anomaly topic.
 *
 * @param id the same in every run and replay
 * @param kind where in its episode it stands
 * @param worst the record it speaks of: for CLOSED the worst of the episode
 * @param episodeId id of the event that opened the episode
 * @param episodeStartMillis event time of the first anomaly
 * @param episodeRecords anomalous records so far
 * @param lastMillis event time of its latest anomaly
 * @param lastPartition where that record lay
 * @param lastOffset where that record lay
 */
public record AnomalyEvent(
    String id,
    Kind kind,
    Scored worst,
    String episodeId,
    long episodeStartMillis,
    long episodeRecords,
    long lastMillis,
    int lastPartition,
    long lastOffset) {
  /** Where in its episode an event stands. */
  public enum Kind {
    /** First anomaly of an episode: the one that pages a person. */
    OPENED,
    /** Clearly stranger than any before in it. */
    WORSENED,
    /** No anomaly for the episode gap. */
    CLOSED
  }
}
