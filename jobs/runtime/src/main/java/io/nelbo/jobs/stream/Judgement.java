package io.nelbo.jobs.stream;

import org.jspecify.annotations.Nullable;

/**
 * What a model says of one window. Public, of public records, so that Flink serialises it without
 * Kryo.
 *
 * @param model the notice of the model that scored
 * @param cold whether the model has never seen the series
 * @param nats what scoring computed
 * @param rank how strange that is among the normal
 * @param smoothed how strange it is together with the records before it; null without smoothing
 * @param blame the features to blame, worst first; null unless anomalous
 * @param frame what is wrong with a frame; null unless anomalous, and of other records
 * @param latent posterior mean of the window; null unless a replay asked for it
 */
@SuppressWarnings("ArrayRecordComponent") // part of a stream element: serialised, never compared
public record Judgement(
    ModelNotice model,
    boolean cold,
    Nats nats,
    Rank rank,
    @Nullable Smoothed smoothed,
    @Nullable Blame blame,
    @Nullable FrameVerdict frame,
    float @Nullable [] latent) {
  /**
   * The two terms of the objective, of the raw features, and how unexpected they were after the
   * records before; NaN where the model does not say.
   */
  public record Nats(double reconstruction, double kl, double expectedLoss) {
    public double negativeElbo() {
      return reconstruction + kl;
    }
  }

  /**
   * Where a record stands among the normal ones.
   *
   * @param score {@code log p / log p_border}
   * @param pValue share of normal records at least as strange
   * @param pExtrapolated whether that lies beyond all held-out data
   * @param borderPValue the p-value of the border
   */
  public record Rank(double score, double pValue, boolean pExtrapolated, double borderPValue) {}

  /**
   * The stranger of record and mean over the last ones, among such pairs of normal records.
   *
   * @param score 1 is the border, as of the record's own
   * @param pValue share of normal records at least as strange
   * @param statistic of the record, in nats
   * @param mean of the last records' statistics, in standard deviations from that of normal ones
   * @param meanPValue share of normal records with a mean at least as high
   */
  public record Smoothed(
      double score, double pValue, double statistic, double mean, double meanPValue) {}

  /** Whichever score alarms: the smoothed one if there is one. */
  public double alertScore() {
    return smoothed == null ? rank.score() : smoothed.score();
  }
}
