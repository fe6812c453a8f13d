package io.nelbo.jobs.replay.result;

import io.nelbo.jobs.stream.ModelNotice;
import io.nelbo.jobs.stream.ScoredRecord;

/**
 * What the detector said of one record: a line of {@code scores.csv.gz}.
 *
 * @param eventTimeMillis event time of the record
 * @param series of the record
 * @param negativeElbo nats of the raw features; NaN without a score, like the next four
 * @param reconstruction nats of the raw features
 * @param kl nats
 * @param pValue share of normal records at least as strange
 * @param score 1.0 is the border
 * @param anomaly whether it alarms
 * @param label 1 anomalous, 0 normal, -1 unknown
 * @param model version that scored; empty without a score
 * @param status SCORED, or why there is no score
 * @param cold whether the model had never seen the series
 * @param overdue whether another than the governing model scored
 * @param partition where the record lay: in a topic, or the number of its file
 * @param offset where the record lay: in a topic, or its row in the file, from 0
 * @param smoothedPValue share of normal records with a mean at least as high; NaN without smoothing
 * @param smoothedScore 1.0 is the border of the mean, which alarms; NaN without smoothing
 * @param pExtrapolated whether the p-value lies beyond all held-out data
 */
public record ScoreRow(
    long eventTimeMillis,
    String series,
    double negativeElbo,
    double reconstruction,
    double kl,
    double pValue,
    double score,
    boolean anomaly,
    int label,
    String model,
    ScoredRecord.Status status,
    boolean cold,
    boolean overdue,
    int partition,
    long offset,
    double smoothedPValue,
    double smoothedScore,
    boolean pExtrapolated) {
  /** Without smoothing. */
  public ScoreRow(
      long eventTimeMillis,
      String series,
      double negativeElbo,
      double reconstruction,
      double kl,
      double pValue,
      double score,
      boolean anomaly,
      int label,
      String model,
      ScoredRecord.Status status,
      boolean cold,
      boolean overdue,
      int partition,
      long offset) {
    this(
        eventTimeMillis,
        series,
        negativeElbo,
        reconstruction,
        kl,
        pValue,
        score,
        anomaly,
        label,
        model,
        status,
        cold,
        overdue,
        partition,
        offset,
        Double.NaN,
        Double.NaN,
        false);
  }

  public static ScoreRow of(ScoredRecord scored) {
    ModelNotice model = scored.model();
    return new ScoreRow(
        scored.eventTimeMillis(),
        scored.series(),
        scored.negativeElbo(),
        scored.reconstruction(),
        scored.kl(),
        scored.pValue(),
        scored.score(),
        scored.isAnomalous(),
        scored.label(),
        model == null ? "" : model.version(),
        scored.status(),
        scored.cold(),
        scored.overdue(),
        scored.partition(),
        scored.offset(),
        scored.smoothedPValue(),
        scored.smoothedScore(),
        scored.pExtrapolated());
  }

  /** Whichever score alarms: the smoothed one if there is one. */
  public double alertScore() {
    return Double.isNaN(smoothedScore) ? score : smoothedScore;
  }

  public boolean isScored() {
    return status == ScoredRecord.Status.SCORED;
  }
}
