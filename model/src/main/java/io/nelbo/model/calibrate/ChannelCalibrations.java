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

  /**
   * {@code -log p} of each figure, in nats.
   *
   * @param figures by channel
   */
  public double[] surprises(double[] figures) {
    double[] surprises = new double[channels.size()];
    for (int channel = 0; channel < surprises.length; channel++) {
      surprises[channel] = -channels.get(channel).calibration().logPValue(figures[channel]);
    }
    return surprises;
  }

  /** In the order of the figures. */
  public List<String> names() {
    return channels.stream().map(Channel::name).toList();
  }

  /** The largest of the surprises. */
  public static double statistic(double[] surprises) {
    return surprises[strangest(surprises)];
  }

  /** Which of the surprises is the largest; of equal ones the first. */
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
