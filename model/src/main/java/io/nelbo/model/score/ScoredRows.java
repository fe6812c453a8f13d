package io.nelbo.model.score;

import java.util.Arrays;

/**
 * Reconstruction loss and divergence of each row, in nats of the scaled features; columns that the
 * next call overwrites.
 */
public final class ScoredRows {
  private double[] reconstruction = new double[0];
  private double[] klDivergence = new double[0];
  private double[] completed = new double[0];
  private double[] expectedLoss = new double[0];
  private int[] observed = new int[0];
  private double[][] channels = new double[0][];

  public void reserve(int rows) {
    if (reconstruction.length < rows) {
      reconstruction = new double[rows];
      klDivergence = new double[rows];
      completed = new double[rows];
      observed = new int[rows];
      expectedLoss = new double[rows];
    }
  }

  public void set(
      int row,
      double reconstructionNats,
      double completedNats,
      double klNats,
      int observedFeatures) {
    reconstruction[row] = reconstructionNats;
    completed[row] = completedNats;
    klDivergence[row] = klNats;
    observed[row] = observedFeatures;
    expectedLoss[row] = Double.NaN;
  }

  /** How strange the observed features are to a model that knows only what came before them. */
  public void setExpectedLoss(int row, double nats) {
    expectedLoss[row] = nats;
  }

  /**
   * In nats of the scaled features, a density of the observed ones; NaN where a model does not say.
   */
  public double expectedLoss(int row) {
    return expectedLoss[row];
  }

  /** What one of the model's {@link WindowModel#channels() channels} says of a row. */
  public void setChannel(int row, int channel, double value) {
    if (channels.length <= channel || channels[channel].length < reconstruction.length) {
      channels = Arrays.copyOf(channels, Math.max(channels.length, channel + 1));
      for (int i = 0; i < channels.length; i++) {
        double[] former = channels[i] == null ? new double[0] : channels[i];
        channels[i] = Arrays.copyOf(former, reconstruction.length);
      }
    }
    channels[channel][row] = value;
  }

  /** The higher, the stranger; of a unit of its own. */
  public double channel(int row, int channel) {
    return channels[channel][row];
  }

  /** Expected negative log-likelihood, summed over the observed features of the newest record. */
  public double reconstruction(int row) {
    return reconstruction[row];
  }

  public double klDivergence(int row) {
    return klDivergence[row];
  }

  /** How many features of the newest record were observed. */
  public int observed(int row) {
    return observed[row];
  }

  /** Of the observed features, in nats of the scaled ones. */
  public double negativeElbo(int row) {
    return reconstruction[row] + klDivergence[row];
  }

  /**
   * The scaled negative ELBO, and the expected loss if there is one, as if every feature had been
   * observed, see {@link io.nelbo.model.calibrate.FeatureLosses}. The series' offset comes on top.
   */
  public double statistic(int row) {
    return completed[row] + klDivergence[row];
  }
}
