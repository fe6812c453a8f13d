package io.nelbo.jobs.stream;

import org.jspecify.annotations.Nullable;

/**
 * What the detector says of one record. Public so that Flink serialises it without Kryo; the worst
 * of an episode lies in state as {@link Scored}.
 *
 * @param series the series of the record
 * @param eventTimeMillis event time of the record
 * @param windowStartMillis event time of the oldest record in its window
 * @param place where the record lay
 * @param label 1 anomalous, 0 normal, -1 unknown
 * @param status SCORED, or why there is no score
 * @param overdue whether the governing model had not loaded in time, so that an incumbent stood in,
 *     if there was one
 * @param judgement null without a score
 */
public record ScoredRecord(
    String series,
    long eventTimeMillis,
    long windowStartMillis,
    Place place,
    int label,
    Status status,
    boolean overdue,
    @Nullable Judgement judgement) {
  /** The border: this score and above alarm. */
  public static final double BORDER = 1.0;

  /** Whether there is a score, and if not, why. */
  public enum Status {
    SCORED,
    NO_MODEL,
    WINDOW_INCOMPLETE,
    TOO_FEW_OBSERVED
  }

  public static ScoredRecord unscored(
      Observation record, long windowStartMillis, Status why, boolean overdue) {
    return of(record, windowStartMillis, why, overdue, null);
  }

  public static ScoredRecord scored(
      Observation record, long windowStartMillis, boolean overdue, Judgement judgement) {
    return of(record, windowStartMillis, Status.SCORED, overdue, judgement);
  }

  private static ScoredRecord of(
      Observation record,
      long windowStartMillis,
      Status status,
      boolean overdue,
      @Nullable Judgement judgement) {
    return new ScoredRecord(
        record.series(),
        record.eventTimeMillis(),
        windowStartMillis,
        record.place(),
        record.label(),
        status,
        overdue,
        judgement);
  }

  public int partition() {
    return place.partition();
  }

  public long offset() {
    return place.offset();
  }

  public boolean isScored() {
    return status == Status.SCORED;
  }

  /** Whichever score alarms; NaN without a score. */
  public double alertScore() {
    return judgement == null ? Double.NaN : judgement.alertScore();
  }

  public boolean isAnomalous() {
    return alertScore() >= BORDER;
  }

  /** {@code log p / log p_border}; NaN without a score, like what follows. */
  public double score() {
    return judgement == null ? Double.NaN : judgement.rank().score();
  }

  /** Share of normal records at least as strange. */
  public double pValue() {
    return judgement == null ? Double.NaN : judgement.rank().pValue();
  }

  /** Whether the p-value lies beyond all held-out data. */
  public boolean pExtrapolated() {
    return judgement != null && judgement.rank().pExtrapolated();
  }

  /** Nats of the raw features. */
  public double reconstruction() {
    return judgement == null ? Double.NaN : judgement.nats().reconstruction();
  }

  /** Nats. */
  public double kl() {
    return judgement == null ? Double.NaN : judgement.nats().kl();
  }

  /** Nats of the raw features. */
  public double negativeElbo() {
    return judgement == null ? Double.NaN : judgement.nats().negativeElbo();
  }

  /** How unexpected it was, in nats of the raw features; NaN where the model does not say. */
  public double expectedLoss() {
    return judgement == null ? Double.NaN : judgement.nats().expectedLoss();
  }

  /** The score of it and the mean over the last records together; NaN without smoothing. */
  public double smoothedScore() {
    return judgement == null || judgement.smoothed() == null
        ? Double.NaN
        : judgement.smoothed().score();
  }

  /** Share of normal records at least as strange, alone or in the mean; NaN without smoothing. */
  public double smoothedPValue() {
    return judgement == null || judgement.smoothed() == null
        ? Double.NaN
        : judgement.smoothed().pValue();
  }

  /** The notice of the model that scored; null without a score. */
  public @Nullable ModelNotice model() {
    return judgement == null ? null : judgement.model();
  }

  /** Whether the model has never seen the series. */
  public boolean cold() {
    return judgement != null && judgement.cold();
  }

  /** The p-value of the border. */
  public double borderPValue() {
    return judgement == null ? Double.NaN : judgement.rank().borderPValue();
  }

  /** The features to blame, worst first; null unless anomalous. */
  public @Nullable Blame blame() {
    return judgement == null ? null : judgement.blame();
  }

  /** Posterior mean of the window; null unless a replay asked for it. */
  public float @Nullable [] latent() {
    return judgement == null ? null : judgement.latent();
  }
}
