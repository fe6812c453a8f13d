package io.nelbo.model.family.frames;

import java.util.Arrays;
import java.util.List;
import org.apache.commons.math3.util.KthSelector;

/**
 * What ranks frames: energies of what a model did not expect of them. In Java, in the frame's own
 * order: its bits depend on that frame alone. One thread at a time.
 *
 * <p><i>Coarse</i> is the mean square of the blurred signed residual: grain has no sign that lasts,
 * and hardly votes. What is left of its vote is taken off by the frame's own grain, so that a frame
 * in less light, whose noise is stronger once its gain is taken out, is no stranger for that.
 * <i>Local</i> asks for a place that stands out from its neighbourhood: the squared residual
 * divided by the level around it, and of that the mean of the worst hundredth.
 */
final class ResidualChannels {
  /**
   * Of the network, of the linear model, of the linear model's worst place, and of the nearest
   * frame that was seen, see {@link NearestFrames}.
   */
  static final List<String> NAMES = List.of("network", "linear", "local", "nearest");

  private static final double COARSE_SHARE = 1.0 / 28;
  private static final double NEIGHBOURHOOD_SHARE = 1.0 / 8;
  private static final double PLACE_SHARE = 0.75 / 32;
  private static final double WORST_SHARE = 0.01;

  /** Of a normal distribution, in standard deviations: half of it lies closer to its mean. */
  private static final double NORMAL_MEDIAN = 0.6745;

  private final WorkingSize size;
  private final Blur coarse;
  private final Blur neighbourhood;
  private final Blur place;
  private final float[] blurred;
  private final float[] energy;
  private final float[] level;
  private final float[] worst;
  private final double[] differences;
  private final KthSelector selector = new KthSelector();

  ResidualChannels(WorkingSize size) {
    this.size = size;
    double side = Math.max(size.shownHeight(), size.shownWidth());
    coarse = new Blur(size.height(), size.width(), side * COARSE_SHARE);
    neighbourhood = new Blur(size.height(), size.width(), side * NEIGHBOURHOOD_SHARE);
    place = new Blur(size.height(), size.width(), side * PLACE_SHARE);
    blurred = new float[size.area()];
    energy = new float[size.area()];
    level = new float[size.area()];
    int shown = size.shownHeight() * size.shownWidth();
    differences = new double[size.channels() * (size.shownHeight() - 1) * (size.shownWidth() - 1)];
    worst = new float[(int) Math.max(1, Math.round(WORST_SHARE * shown))];
  }

  /** Mean square of the blurred residual, less what grain adds to it; may be negative. */
  double coarse(float[] residual, int from) {
    return blurredSquare(residual, from) - coarse.ofWhiteNoise() * grain(residual, from);
  }

  /**
   * The same, over how much more grain the frame has than is usual: what chance leaves of grain
   * grows with it.
   *
   * @param usual mean square of residuals of usual frames, grain included
   */
  double coarse(float[] residual, int from, double usual) {
    double grain = grain(residual, from);
    double energy = blurredSquare(residual, from) - coarse.ofWhiteNoise() * grain;
    return energy / Math.max(1, grain / usual);
  }

  /**
   * A distance between means over blocks, less what the frame's grain adds to it; may be negative.
   *
   * @param residual of the linear model: shows the grain
   */
  double nearest(double distance, float[] residual, int from) {
    int block = size.area() / (NearestFrames.SIDE * NearestFrames.SIDE);
    return distance - grain(residual, from) / block;
  }

  /**
   * Variance of the grain: of the differences between neighbours along both axes at once, by their
   * median, which a defect does not move.
   */
  private double grain(float[] residual, int from) {
    int count = 0;
    for (int channel = 0; channel < size.channels(); channel++) {
      for (int y = 0; y < size.shownHeight() - 1; y++) {
        int row = from + channel * size.area() + y * size.width();
        for (int x = row; x < row + size.shownWidth() - 1; x++) {
          float upper = residual[x] - residual[x + 1];
          float lower = residual[x + size.width()] - residual[x + size.width() + 1];
          differences[count++] = Math.abs(upper - lower) / 2;
        }
      }
    }
    if (count == 0) {
      return 0;
    }
    double deviation = selector.select(differences, null, count / 2) / NORMAL_MEDIAN;
    return deviation * deviation;
  }

  private double blurredSquare(float[] residual, int from) {
    double sum = 0;
    for (int channel = 0; channel < size.channels(); channel++) {
      coarse.apply(residual, from + channel * size.area(), blurred, 0);
      for (int y = 0; y < size.shownHeight(); y++) {
        for (int x = 0; x < size.shownWidth(); x++) {
          float value = blurred[y * size.width() + x];
          sum += (double) value * value;
        }
      }
    }
    return sum / ((double) size.channels() * size.shownHeight() * size.shownWidth());
  }

  /**
   * Mean of the worst hundredth of {@code z / (level of z around it + 1)}.
   *
   * @param usual mean square of usual residuals, of which z is a multiple; where a frame's grain is
   *     stronger, of that
   */
  double local(float[] residual, int from, double usual) {
    double factor = 1 / (Math.max(usual, grain(residual, from)) * size.channels());
    for (int i = 0; i < energy.length; i++) {
      double sum = 0;
      for (int channel = 0; channel < size.channels(); channel++) {
        double value = residual[from + channel * size.area() + i];
        sum += value * value;
      }
      energy[i] = (float) (factor * sum);
    }
    neighbourhood.apply(energy, 0, level, 0);
    for (int i = 0; i < energy.length; i++) {
      level[i] = energy[i] / (level[i] + 1);
    }
    place.apply(level, 0, level, 0);
    return worst();
  }

  private double worst() {
    Arrays.fill(worst, Float.NEGATIVE_INFINITY);
    for (int y = 0; y < size.shownHeight(); y++) {
      for (int x = 0; x < size.shownWidth(); x++) {
        float value = level[y * size.width() + x];
        if (value > worst[0]) {
          insert(value);
        }
      }
    }
    double sum = 0;
    for (float value : worst) {
      sum += value;
    }
    return sum / worst.length;
  }

  /** In place of the smallest of the largest, which ascend. */
  private void insert(float value) {
    int i = 1;
    while (i < worst.length && worst[i] < value) {
      worst[i - 1] = worst[i++];
    }
    worst[i - 1] = value;
  }
}
