package io.nelbo.jobs.stream;

import org.jspecify.annotations.Nullable;

/**
 * What the detector says of one record. Flat and public so that Flink serialises it without Kryo.
 *
 * @param series the series of the record
 * @param eventTimeMillis event time of the record
 * @param windowStartMillis event time of the oldest record in its window
 * @param partition where the record lay
 * @param offset where the record lay
 * @param label 1 anomalous, 0 normal, -1 unknown
 * @param status SCORED, or why there is no score
 * @param score {@code log p / log p_border}; NaN without a score, like the next four
 * @param pValue share of normal records at least as strange
 * @param reconstruction nats of the raw features
 * @param kl nats
 * @param borderPValue the p-value of the border
 * @param model the notice of the model that scored; null without a score
 * @param cold whether the model has never seen the series
 * @param overdue whether the governing model had not loaded in time, so that an incumbent stood in,
 *     if there was one
 * @param blame the features to blame, worst first; null unless anomalous
 * @param latent posterior mean of the window; null unless a replay asked for it
 * @param smoothedScore the same as score of the mean over the last records; NaN without smoothing
 * @param smoothedPValue share of normal records with a mean at least as high; NaN without smoothing
 * @param pExtrapolated whether pValue lies beyond all held-out data
 */
@SuppressWarnings("ArrayRecordComponent") // a stream element: serialised, never compared
public record Scored(
    String series,
    long eventTimeMillis,
    long windowStartMillis,
    int partition,
    long offset,
    int label,
    Status status,
    double score,
    double pValue,
    double reconstruction,
    double kl,
    double borderPValue,
    @Nullable ModelNotice model,
    boolean cold,
    boolean overdue,
    @Nullable Blame blame,
    float @Nullable [] latent,
    double smoothedScore,
    double smoothedPValue,
    boolean pExtrapolated) {
  /** The border: this score and above alarm. */
  public static final double BORDER = 1.0;

  /** Whether there is a score, and if not, why. */
  public enum Status {
    SCORED,
    NO_MODEL,
    WINDOW_INCOMPLETE,
    TOO_FEW_OBSERVED
  }

  public static Scored unscored(
      Observed record, long windowStartMillis, Status why, boolean overdue) {
    return new Scored(
        record.series(),
        record.eventTimeMillis(),
        windowStartMillis,
        record.partition(),
        record.offset(),
        record.label(),
        why,
        Double.NaN,
        Double.NaN,
        Double.NaN,
        Double.NaN,
        Double.NaN,
        null,
        false,
        overdue,
        null,
        null,
        Double.NaN,
        Double.NaN,
        false);
  }

  public boolean isScored() {
    return status == Status.SCORED;
  }

  /** Whichever score alarms: the smoothed one if there is one. */
  public double alertScore() {
    return Double.isNaN(smoothedScore) ? score : smoothedScore;
  }

  public boolean isAnomalous() {
    return alertScore() >= BORDER;
  }

  /** Nats of the raw features. */
  public double negativeElbo() {
    return reconstruction + kl;
  }
}
