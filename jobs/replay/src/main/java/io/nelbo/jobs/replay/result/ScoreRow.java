package io.nelbo.jobs.replay.result;

import io.nelbo.jobs.stream.ModelNotice;
import io.nelbo.jobs.stream.ScoredRecord;

/**
 * What the detector said of one record: a line of {@code scores.csv.gz}.
 *
 * @param origin which record
 * @param status SCORED, or why there is no score
 * @param judge who scored
 * @param nats the score's terms
 * @param alone how strange the record is by itself
 * @param smoothed how strange the mean over its predecessors is, which then alarms; {@link
 *     Surprise#NONE} without smoothing
 * @param anomaly whether it alarms
 */
public record ScoreRow(
    Origin origin,
    ScoredRecord.Status status,
    Judge judge,
    Nats nats,
    Surprise alone,
    Surprise smoothed,
    boolean anomaly) {
  /**
   * @param eventTimeMillis event time of the record
   * @param series of the record
   * @param label 1 anomalous, 0 normal, -1 unknown
   * @param partition where the record lay: in a topic, or the number of its file
   * @param offset where the record lay: in a topic, or its row in the file, from 0
   */
  public record Origin(
      long eventTimeMillis, String series, int label, int partition, long offset) {}

  /**
   * @param model version that scored; empty without a score
   * @param cold whether the model had never seen the series
   * @param overdue whether another than the governing model scored
   */
  public record Judge(String model, boolean cold, boolean overdue) {}

  /** Nats of the raw features; NaN without a score. */
  public record Nats(double negativeElbo, double reconstruction, double kl) {
    /** Without a score. */
    public static final Nats NONE = new Nats(Double.NaN, Double.NaN, Double.NaN);
  }

  /**
   * @param pValue share of normal records at least as strange
   * @param score 1.0 is the border
   * @param extrapolated whether the p-value lies beyond all held-out data
   */
  public record Surprise(double pValue, double score, boolean extrapolated) {
    /** Without a score. */
    public static final Surprise NONE = new Surprise(Double.NaN, Double.NaN, false);
  }

  public static ScoreRow of(ScoredRecord scored) {
    ModelNotice model = scored.model();
    return new ScoreRow(
        new Origin(
            scored.eventTimeMillis(),
            scored.series(),
            scored.label(),
            scored.partition(),
            scored.offset()),
        scored.status(),
        new Judge(model == null ? "" : model.version(), scored.cold(), scored.overdue()),
        new Nats(scored.negativeElbo(), scored.reconstruction(), scored.kl()),
        new Surprise(scored.pValue(), scored.score(), scored.pExtrapolated()),
        new Surprise(scored.smoothedPValue(), scored.smoothedScore(), false),
        scored.isAnomalous());
  }

  public long eventTimeMillis() {
    return origin.eventTimeMillis();
  }

  public String series() {
    return origin.series();
  }

  public int label() {
    return origin.label();
  }

  public String model() {
    return judge.model();
  }

  public boolean cold() {
    return judge.cold();
  }

  public boolean overdue() {
    return judge.overdue();
  }

  /** Whichever score alarms: the smoothed one if there is one. */
  public double alertScore() {
    return Double.isNaN(smoothed.score()) ? alone.score() : smoothed.score();
  }

  public boolean isScored() {
    return status == ScoredRecord.Status.SCORED;
  }
}
