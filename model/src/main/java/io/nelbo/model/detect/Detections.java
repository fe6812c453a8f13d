package io.nelbo.model.detect;

import java.util.Arrays;

/**
 * What the detector says of each row of a batch, as columns that are overwritten by the next call.
 *
 * <p>Rows that were {@link #observed(int) observed} too little have no score: their values are NaN.
 */
public final class Detections {
  private final double[] reconstruction;
  private final double[] klDivergence;
  private final double[] statistic;
  private final double[] pValue;
  private final double[] score;
  private final double[] expectedLoss;
  private final double[] mean;
  private final double[] meanPValue;
  private final double[] together;
  private final double[] smoothedPValue;
  private final double[] smoothedScore;
  private final boolean[] extrapolated;
  private final boolean[] cold;
  private final boolean[] observed;
  private double[][] surprises = new double[0][];
  private double[][] figures = new double[0][];
  private int size;

  public Detections(int capacity) {
    reconstruction = new double[capacity];
    klDivergence = new double[capacity];
    statistic = new double[capacity];
    pValue = new double[capacity];
    score = new double[capacity];
    expectedLoss = new double[capacity];
    mean = new double[capacity];
    meanPValue = new double[capacity];
    together = new double[capacity];
    smoothedPValue = new double[capacity];
    smoothedScore = new double[capacity];
    extrapolated = new boolean[capacity];
    cold = new boolean[capacity];
    observed = new boolean[capacity];
  }

  void resize(int rows) {
    size = rows;
  }

  void set(
      int row,
      double reconstructionNats,
      double klNats,
      double calibratedStatistic,
      double p,
      double borderScore,
      boolean beyondHeldOut,
      boolean unseenSeries) {
    reconstruction[row] = reconstructionNats;
    klDivergence[row] = klNats;
    statistic[row] = calibratedStatistic;
    pValue[row] = p;
    score[row] = borderScore;
    expectedLoss[row] = Double.NaN;
    setMean(row, Double.NaN, Double.NaN);
    setSmoothed(row, Double.NaN, Double.NaN, Double.NaN);
    extrapolated[row] = beyondHeldOut;
    cold[row] = unseenSeries;
    observed[row] = true;
  }

  void setMean(int row, double standardised, double p) {
    mean[row] = standardised;
    meanPValue[row] = p;
  }

  void setSmoothed(int row, double larger, double p, double borderScore) {
    together[row] = larger;
    smoothedPValue[row] = p;
    smoothedScore[row] = borderScore;
  }

  void setExpectedLoss(int row, double nats) {
    expectedLoss[row] = nats;
  }

  void setChannels(int row, double[] figuresOfRow, double[] surprisesOfRow) {
    if (surprises.length == 0) {
      surprises = new double[score.length][];
      figures = new double[score.length][];
    }
    surprises[row] = surprisesOfRow;
    figures[row] = figuresOfRow;
  }

  void setUnobserved(int row, boolean unseenSeries) {
    set(row, Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN, false, unseenSeries);
    observed[row] = false;
  }

  public int size() {
    return size;
  }

  /** Expected negative log-likelihood of the raw features under the decoder, in nats. */
  public double reconstruction(int row) {
    return reconstruction[row];
  }

  /** Divergence of the posterior from the prior, in nats; never negative. */
  public double klDivergence(int row) {
    return klDivergence[row];
  }

  /** The bound that training minimised, as a density of the raw features, in nats. */
  public double negativeElbo(int row) {
    return reconstruction[row] + klDivergence[row];
  }

  /**
   * How unexpected the record was after those before it, as a density of the raw features, in nats;
   * NaN where the model does not say.
   */
  public double expectedLoss(int row) {
    return expectedLoss[row];
  }

  /**
   * The calibrated statistic: in scaled space the negative ELBO, the expected loss if there is one,
   * and the series' offset, in nats.
   */
  public double statistic(int row) {
    return statistic[row];
  }

  /** Share of normal windows that would look at least as strange, in (0, 1]. */
  public double pValue(int row) {
    return pValue[row];
  }

  /** Whether the p-value lies beyond all held-out data, so that it is the tail's word alone. */
  public boolean pExtrapolated(int row) {
    return extrapolated[row];
  }

  /** {@code log p / log p_border}: 1.0 is the border whichever model produced it. */
  public double score(int row) {
    return score[row];
  }

  /**
   * Exponentially weighted mean of the last records' statistics, in standard deviations of normal
   * ones from their mean; NaN without smoothing.
   */
  public double mean(int row) {
    return mean[row];
  }

  /** Share of normal records with a mean at least as high; NaN without smoothing. */
  public double meanPValue(int row) {
    return meanPValue[row];
  }

  /**
   * What alarms, in nats: the larger {@code -log p} of the record and of the mean over the last
   * ones; the {@link #statistic} without smoothing.
   */
  public double alertStatistic(int row) {
    return Double.isNaN(together[row]) ? statistic[row] : together[row];
  }

  /** The p-value of record and mean together; NaN without smoothing. */
  public double smoothedPValue(int row) {
    return smoothedPValue[row];
  }

  /** The same as a share of its own border, like {@link #score(int)}; NaN without smoothing. */
  public double smoothedScore(int row) {
    return smoothedScore[row];
  }

  /**
   * {@code -log p} of each of the model's channels, in nats, in their order; empty when the
   * statistic is one figure.
   */
  public double[] surprises(int row) {
    return surprises.length == 0 ? new double[0] : surprises[row];
  }

  /** Share of normal records that look at least as strange to each channel alone. */
  public double[] channelPValues(int row) {
    return Arrays.stream(surprises(row)).map(surprise -> Math.exp(-surprise)).toArray();
  }

  /** What each of the channels measured, in units of its own; empty as {@link #surprises} is. */
  public double[] channelFigures(int row) {
    return figures.length == 0 ? new double[0] : figures[row];
  }

  /** Whichever of the two scores alarms. */
  public double alertScore(int row) {
    return Double.isNaN(smoothedScore[row]) ? score[row] : smoothedScore[row];
  }

  public boolean anomalous(int row) {
    return alertScore(row) >= 1.0;
  }

  /** Whether the model has never seen this series and used the global scale. */
  public boolean cold(int row) {
    return cold[row];
  }

  /** Whether enough of the newest record was observed to score it. */
  public boolean observed(int row) {
    return observed[row];
  }
}
