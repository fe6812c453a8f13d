package io.nelbo.jobs.evaluate.baseline;

import static io.nelbo.model.Preconditions.requireArgument;

/**
 * The difference to the most similar frame. The most similar one after a blur is looked for among
 * blurred ones. Of more than {@value #MOST_FRAMES} frames every k-th is kept.
 */
final class NearestFrame implements FrameBaseline {
  static final int MOST_FRAMES = 2_000;

  /** Values between two looks whether the distance is beyond what matters. */
  private static final int STRETCH = 256;

  @Override
  public String name() {
    return "nearest";
  }

  @Override
  public Fitted fit(float[][] frames, PlaneBlur blur) {
    requireArgument(frames.length >= 2, "frames must be at least 2, got %s", frames.length);
    int step = (frames.length + MOST_FRAMES - 1) / MOST_FRAMES;
    float[][] kept = new float[(frames.length + step - 1) / step][];
    float[][] blurred = new float[kept.length][];
    for (int i = 0; i < kept.length; i++) {
      kept[i] = frames[i * step];
      blurred[i] = blur.of(kept[i]);
    }
    return frame -> new Energies(nearest(kept, frame), nearest(blurred, blur.of(frame)));
  }

  private static double nearest(float[][] kept, float[] frame) {
    double least = Double.POSITIVE_INFINITY;
    for (float[] other : kept) {
      double sum = 0;
      for (int from = 0; from < frame.length && sum < least; from += STRETCH) {
        sum += squared(other, frame, from, Math.min(frame.length, from + STRETCH));
      }
      least = Math.min(least, sum);
    }
    return least / frame.length;
  }

  private static float squared(float[] first, float[] second, int from, int to) {
    float sum = 0;
    for (int i = from; i < to; i++) {
      float difference = first[i] - second[i];
      sum += difference * difference;
    }
    return sum;
  }
}
