package io.nelbo.model.family.frames;

import io.nelbo.model.fit.ScaledSpan;
import io.nelbo.model.fit.ShuffledOrder;
import io.nelbo.model.fit.Windows;
import java.util.SplittableRandom;

/** Frames of a span as they are modelled, side by side, and shuffled batches of them. */
final class PreparedFrames {
  /** 512 MB; of more frames, evenly spread ones are kept. */
  private static final int MOST_VALUES = 1 << 27;

  private final WorkingSize size;
  private final float[] planes;
  private final int count;

  private PreparedFrames(WorkingSize size, float[] planes, int count) {
    this.size = size;
    this.planes = planes;
    this.count = count;
  }

  static PreparedFrames of(ScaledSpan span, Windows all, FramePreparation preparation) {
    WorkingSize size = preparation.size();
    Windows windows = all.thin(Math.max(1, MOST_VALUES / size.values()));
    float[] planes = new float[windows.size() * size.values()];
    float[] raw = new float[span.rowLength()];
    for (int window = 0; window < windows.size(); window++) {
      span.copy(windows, window, raw, 0);
      preparation.prepare(raw, 0, planes, window * size.values());
    }
    return new PreparedFrames(size, planes, windows.size());
  }

  int count() {
    return count;
  }

  float[] planes() {
    return planes;
  }

  /** At most so many of them, evenly spread. */
  float[] some(int most) {
    int some = Math.min(most, count);
    int values = size.values();
    float[] chosen = new float[some * values];
    for (int i = 0; i < some; i++) {
      int frame = (int) ((long) i * count / some);
      System.arraycopy(planes, frame * values, chosen, i * values, values);
    }
    return chosen;
  }

  /** Variance of each value over the frames, and the mean. */
  double[][] moments() {
    int values = size.values();
    double[] mean = new double[values];
    double[] variance = new double[values];
    for (int i = 0; i < planes.length; i++) {
      mean[i % values] += planes[i];
    }
    for (int i = 0; i < values; i++) {
      mean[i] /= count;
    }
    for (int i = 0; i < planes.length; i++) {
      double off = planes[i] - mean[i % values];
      variance[i % values] += off * off / count;
    }
    return new double[][] {mean, variance};
  }

  /** Frames in a {@link ShuffledOrder}, moved and mirrored by chance. */
  final class Shuffled {
    private final SplittableRandom random;
    private final int shift;
    private final boolean mirrored;
    private final ShuffledOrder order;

    /**
     * @param shift most pixels by which a frame is moved either way along both axes
     * @param mirrored whether every other one is mirrored left to right
     */
    Shuffled(SplittableRandom random, int shift, boolean mirrored) {
      this.random = random;
      this.shift = shift;
      this.mirrored = mirrored;
      order = new ShuffledOrder(count, random);
    }

    /** Writes the next frame. */
    void next(float[] target) {
      int from = order.next() * size.values();
      int down = random.nextInt(-shift, shift + 1);
      int right = random.nextInt(-shift, shift + 1);
      boolean turned = mirrored && random.nextBoolean();
      for (int channel = 0; channel < size.channels(); channel++) {
        int plane = channel * size.area();
        for (int y = 0; y < size.height(); y++) {
          int row = from + plane + moved(y, down, size.shownHeight()) * size.width();
          for (int x = 0; x < size.width(); x++) {
            int column = moved(x, right, size.shownWidth());
            target[plane + y * size.width() + x] =
                planes[row + (turned ? size.shownWidth() - 1 - column : column)];
          }
        }
      }
    }

    /** What continues a frame moves with its last pixel. */
    private static int moved(int place, int by, int shown) {
      return Math.max(0, Math.min(shown - 1, Math.min(shown - 1, place) + by));
    }
  }
}
