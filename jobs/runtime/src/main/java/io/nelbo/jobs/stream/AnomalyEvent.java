package io.nelbo.jobs.stream;

/**
 * One event for the anomaly topic.
 *
 * @param id the same in every run and replay
 * @param kind where in its episode it stands
 * @param worst the record it speaks of: for CLOSED the worst of the episode
 * @param episode what the episode is so far
 * @param last its latest anomaly
 */
public record AnomalyEvent(String id, Kind kind, ScoredRecord worst, SoFar episode, Anomaly last) {
  /** Where in its episode an event stands. */
  public enum Kind {
    /** First anomaly of an episode: the one that pages a person. */
    OPENED,
    /** Clearly stranger than any before in it. */
    WORSENED,
    /** No anomaly for the episode gap. */
    CLOSED
  }

  /**
   * An episode as far as it has come.
   *
   * @param id of the event that opened it
   * @param startMillis event time of its first anomaly
   * @param records anomalous ones
   */
  public record SoFar(String id, long startMillis, long records) {}

  /**
   * An anomalous record.
   *
   * @param eventTimeMillis when it was measured
   * @param place where it lay
   */
  public record Anomaly(long eventTimeMillis, Place place) {}
}
