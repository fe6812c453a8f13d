package io.nelbo.jobs.stream;

import org.jspecify.annotations.Nullable;

/**
 * A {@link ScoredRecord} with a score, as it lies in the state of an episode. Savepoints of running
 * jobs know the name of this class, its fields and their types: another one of them is another
 * state.
 *
 * <p>Public fields: Flink keeps it as a POJO.
 */
public final class Scored {
  /** Of these only the first lies in states: what has no score is no anomaly. */
  public enum Status {
    SCORED,
    NO_MODEL,
    WINDOW_INCOMPLETE,
    TOO_FEW_OBSERVED
  }

  /** The series of the record. */
  public String series = "";

  /** Event time of the record. */
  public long eventTimeMillis;

  /** Event time of the oldest record in its window. */
  public long windowStartMillis;

  /** Where the record lay. */
  public int partition;

  /** Where the record lay. */
  public long offset;

  /** 1 anomalous, 0 normal, -1 unknown. */
  public int label;

  /** The same for all. */
  public Status status = Status.SCORED;

  /** As {@link Judgement.Rank} has it. */
  public double score;

  /** As {@link Judgement.Rank} has it. */
  public double pValue;

  /** As {@link Judgement.Nats} has it. */
  public double reconstruction;

  /** As {@link Judgement.Nats} has it. */
  public double kl;

  /** As {@link Judgement.Rank} has it. */
  public double borderPValue;

  /** The model that scored; not whole where an older program wrote it. */
  @SuppressWarnings("NullAway.Init") // set when made or restored, before anybody looks
  public ModelNotice model;

  /** Whether that has never seen the series. */
  public boolean cold;

  /** Whether another than the governing model scored. */
  public boolean overdue;

  /** As {@link Judgement} has it. */
  public @Nullable Blame blame;

  /** As {@link Judgement} has it. */
  public @Nullable FrameVerdict frame;

  /** As {@link Judgement} has it. */
  public float @Nullable [] latent;

  /** As {@link Judgement.Smoothed} has it; NaN without smoothing. */
  public double smoothedScore = Double.NaN;

  /** As {@link Judgement.Smoothed} has it; NaN without smoothing. */
  public double smoothedPValue = Double.NaN;

  /** As {@link Judgement.Smoothed} has it; NaN without smoothing. */
  public double statistic = Double.NaN;

  /** As {@link Judgement.Smoothed} has it; NaN without smoothing. */
  public double mean = Double.NaN;

  /** As {@link Judgement.Smoothed} has it; NaN without smoothing. */
  public double meanPValue = Double.NaN;

  /** As {@link Judgement.Nats} has it. */
  public double expectedLoss = Double.NaN;

  /** As {@link Judgement.Rank} has it. */
  public boolean pExtrapolated;

  /**
   * As it lies in state.
   *
   * @throws IllegalArgumentException when the record has no score
   */
  public static Scored of(ScoredRecord record) {
    Judgement judgement = record.judgement();
    if (judgement == null) {
      throw new IllegalArgumentException("record without a score: " + record.status());
    }
    Scored state = new Scored();
    state.series = record.series();
    state.eventTimeMillis = record.eventTimeMillis();
    state.windowStartMillis = record.windowStartMillis();
    state.partition = record.partition();
    state.offset = record.offset();
    state.label = record.label();
    state.overdue = record.overdue();
    state.model = judgement.model();
    state.cold = judgement.cold();
    state.reconstruction = judgement.nats().reconstruction();
    state.kl = judgement.nats().kl();
    state.expectedLoss = judgement.nats().expectedLoss();
    state.score = judgement.rank().score();
    state.pValue = judgement.rank().pValue();
    state.pExtrapolated = judgement.rank().pExtrapolated();
    state.borderPValue = judgement.rank().borderPValue();
    Judgement.Smoothed smoothed = judgement.smoothed();
    if (smoothed != null) {
      state.smoothedScore = smoothed.score();
      state.smoothedPValue = smoothed.pValue();
      state.statistic = smoothed.statistic();
      state.mean = smoothed.mean();
      state.meanPValue = smoothed.meanPValue();
    }
    state.blame = judgement.blame();
    state.frame = judgement.frame();
    state.latent = judgement.latent();
    return state;
  }

  /** As it travels. */
  public ScoredRecord record() {
    Judgement judgement =
        new Judgement(
            model,
            cold,
            new Judgement.Nats(reconstruction, kl, expectedLoss),
            new Judgement.Rank(score, pValue, pExtrapolated, borderPValue),
            Double.isNaN(smoothedScore)
                ? null
                : new Judgement.Smoothed(
                    smoothedScore, smoothedPValue, statistic, mean, meanPValue),
            blame,
            frame,
            latent);
    return new ScoredRecord(
        series,
        eventTimeMillis,
        windowStartMillis,
        new Place(partition, offset),
        label,
        ScoredRecord.Status.SCORED,
        overdue,
        judgement);
  }
}
