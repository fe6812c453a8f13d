package io.nelbo.jobs.evaluate.baseline;

import static io.nelbo.model.Preconditions.requireArgument;

import io.nelbo.jobs.replay.metrics.EigenSpace;
import org.jspecify.annotations.Nullable;

/**
 * The mean of some frames and their principal axes, by the products of the frames with each other:
 * there are fewer frames than pixels. Remembers the last ones, which baselines share. Not
 * thread-safe.
 */
final class FrameAxes {
  /** Of more, every k-th is taken: the search takes the cube of the time. */
  private static final int MOST_FRAMES = 1_000;

  private float @Nullable [][] fitted;
  private double[] mean = new double[0];
  private double[][] axes = new double[0][];

  /** Fits, unless these very frames were the last ones. */
  void fit(float[][] frames, int most) {
    requireArgument(frames.length >= 2, "frames must be at least 2, got %s", frames.length);
    if (fitted == frames) {
      return;
    }
    int step = (frames.length + MOST_FRAMES - 1) / MOST_FRAMES;
    int count = (frames.length + step - 1) / step;
    int values = frames[0].length;
    mean = new double[values];
    double[][] centred = new double[values][count]; // by pixel, then by frame
    for (int value = 0; value < values; value++) {
      for (int frame = 0; frame < count; frame++) {
        mean[value] += frames[frame * step][value] / (double) count;
      }
      for (int frame = 0; frame < count; frame++) {
        centred[value][frame] = frames[frame * step][value] - mean[value];
      }
    }
    EigenSpace space = EigenSpace.of(centred);
    axes = new double[Math.min(most, count / 2)][values];
    for (int axis = 0; axis < axes.length; axis++) {
      double square = 0;
      for (int value = 0; value < values; value++) {
        axes[axis][value] = space.coordinate(centred[value], axis);
        square += axes[axis][value] * axes[axis][value];
      }
      double length = Math.max(Math.sqrt(square), 1e-12);
      for (int value = 0; value < values; value++) {
        axes[axis][value] /= length;
      }
    }
    fitted = frames;
  }

  /** What the first axes leave of a frame. */
  float[] residual(float[] frame, int components) {
    double[] left = new double[frame.length];
    for (int i = 0; i < left.length; i++) {
      left[i] = frame[i] - mean[i];
    }
    for (int axis = 0; axis < Math.min(components, axes.length); axis++) {
      double along = 0;
      for (int i = 0; i < left.length; i++) {
        along += left[i] * axes[axis][i];
      }
      for (int i = 0; i < left.length; i++) {
        left[i] -= along * axes[axis][i];
      }
    }
    float[] residual = new float[left.length];
    for (int i = 0; i < left.length; i++) {
      residual[i] = (float) left[i];
    }
    return residual;
  }
}
