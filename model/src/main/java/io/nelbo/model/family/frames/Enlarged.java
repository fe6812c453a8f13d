package io.nelbo.model.family.frames;

import io.nelbo.model.record.Frames;

/** Modelled planes in the size and the light of the frames that they stand for. */
final class Enlarged {
  private final WorkingSize size;

  Enlarged(WorkingSize size) {
    this.size = size;
  }

  /** Values in 0 to 255 and beyond, in the order of a frame. */
  double[] frame(float[] planes, int from, FramePreparation.Light light) {
    double[] frame = enlarge(planes, from);
    for (int i = 0; i < frame.length; i++) {
      frame[i] = light.offset() + light.gain() * frame[i];
    }
    return frame;
  }

  /** Deviations in the frame's units. */
  double[] deviations(float[] variances, int from, FramePreparation.Light light) {
    double[] deviations = enlarge(variances, from);
    for (int i = 0; i < deviations.length; i++) {
      deviations[i] = light.gain() * Math.sqrt(deviations[i]);
    }
    return deviations;
  }

  /** Bilinear between the centres of modelled pixels. */
  private double[] enlarge(float[] planes, int from) {
    Frames frames = size.frames();
    double[] frame = new double[frames.columnCount()];
    for (int y = 0; y < frames.height(); y++) {
      double row = place(y, frames.height(), size.shownHeight());
      for (int x = 0; x < frames.width(); x++) {
        double column = place(x, frames.width(), size.shownWidth());
        for (int channel = 0; channel < frames.channels(); channel++) {
          frame[(y * frames.width() + x) * frames.channels() + channel] =
              between(planes, from + channel * size.area(), row, column);
        }
      }
    }
    return frame;
  }

  private static double place(int pixel, int pixels, int modelled) {
    return Math.max(0, Math.min(modelled - 1.0, (pixel + 0.5) * modelled / pixels - 0.5));
  }

  private double between(float[] planes, int from, double row, double column) {
    int y = (int) row;
    int x = (int) column;
    int below = Math.min(y + 1, size.shownHeight() - 1);
    int right = Math.min(x + 1, size.shownWidth() - 1);
    int width = size.width();
    double upper = mix(planes[from + y * width + x], planes[from + y * width + right], column - x);
    double lower =
        mix(planes[from + below * width + x], planes[from + below * width + right], column - x);
    return mix(upper, lower, row - y);
  }

  private static double mix(double first, double second, double share) {
    return first + share * (second - first);
  }
}
