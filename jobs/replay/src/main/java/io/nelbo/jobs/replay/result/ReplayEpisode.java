package io.nelbo.jobs.replay.result;

import java.util.List;
import java.util.Optional;

/**
 * One episode of a replay: a run of anomalies of one series.
 *
 * @param id of the event that opened it
 * @param startMillis event time of its first anomaly
 * @param endMillis event time of its last anomaly
 * @param records how many of its records were anomalous
 * @param worst its strangest record
 * @param blamed the features to blame there, worst first
 * @param sight where it is strange, if it is a frame
 */
public record ReplayEpisode(
    String id,
    String series,
    long startMillis,
    long endMillis,
    long records,
    Worst worst,
    List<Blamed> blamed,
    Optional<Sight> sight) {
  public ReplayEpisode {
    blamed = List.copyOf(blamed);
  }

  /** Of records that are no frames. */
  public ReplayEpisode(
      String id,
      String series,
      long startMillis,
      long endMillis,
      long records,
      Worst worst,
      List<Blamed> blamed) {
    this(id, series, startMillis, endMillis, records, worst, blamed, Optional.empty());
  }

  /**
   * Where a frame is strange.
   *
   * @param channel that spoke
   * @param heatMap a grey PNG in Base64; empty without one
   * @param places the worst regions, in words
   */
  public record Sight(String channel, String heatMap, List<String> places) {
    public Sight {
      places = List.copyOf(places);
    }
  }

  /**
   * The strangest record of an episode.
   *
   * @param score 1.0 is the border
   * @param model version that scored
   * @param file that the record is, where records are files of images; else empty
   */
  public record Worst(
      long eventTimeMillis,
      double score,
      double pValue,
      double negativeElbo,
      double reconstruction,
      double kl,
      String model,
      String file) {
    /** Of a record that is no file. */
    public Worst(
        long eventTimeMillis,
        double score,
        double pValue,
        double negativeElbo,
        double reconstruction,
        double kl,
        String model) {
      this(eventTimeMillis, score, pValue, negativeElbo, reconstruction, kl, model, "");
    }
  }

  /**
   * One feature to blame.
   *
   * @param share part of the excess loss, in [0, 1]
   * @param observed raw value, NaN when not observed
   * @param expected what the model expected, raw units
   * @param expectedStandardDeviation how far from that a normal record is expected
   */
  public record Blamed(
      String feature,
      double share,
      double observed,
      double expected,
      double expectedStandardDeviation) {}
}
