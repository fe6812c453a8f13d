package io.nelbo.model.calibrate;

import static io.nelbo.model.Preconditions.requireArgument;

import java.util.List;

/**
 * Several figures of one record, each calibrated for itself, become one statistic: the largest
 * {@code -log p} of them. It is calibrated in its turn, so that asking several channels costs
 * nothing of the asked rate.
 *
 * @param channels in the order in which a model gives them, at least one
 */
public record ChannelCalibrations(List<Channel> channels) {
  /**
   * One of the figures.
   *
   * @param name for people and events
   * @param calibration of this figure alone
   */
  public record Channel(String name, Calibration calibration) {}

  public ChannelCalibrations {
    channels = List.copyOf(channels);
    requireArgument(!channels.isEmpty(), "calibration.channels must name at least one");
  }

  public int count() {
    return channels.size();
  }

  /**
   * The largest {@code -log p}, in nats.
   *
   * @param figures one for each channel
   */
  public double statistic(double[] figures) {
    double most = 0;
    for (int channel = 0; channel < figures.length; channel++) {
      most = Math.max(most, surprise(channel, figures[channel]));
    }
    return most;
  }

  /** {@code -log p} of one figure, in nats. */
  public double surprise(int channel, double figure) {
    return -channels.get(channel).calibration().logPValue(figure);
  }

  /** Which of so many surprises is the largest; of equal ones the first. */
  public static int strangest(double[] surprises) {
    int strangest = 0;
    for (int channel = 1; channel < surprises.length; channel++) {
      if (surprises[channel] > surprises[strangest]) {
        strangest = channel;
      }
    }
    return strangest;
  }
}
