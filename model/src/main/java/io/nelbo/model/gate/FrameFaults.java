package io.nelbo.model.gate;

import io.nelbo.model.record.Frames;
import java.util.List;
import java.util.SplittableRandom;

/** Faults of scenes, in units of the frame's own side and contrast. Not thread-safe. */
final class FrameFaults implements FaultInjection {
  private static final double STRONG = 2.5;
  private static final double SOFT = 1.5;
  private static final double BLOT_RADIUS = 1.0 / 12;
  private static final double SCRATCH_LENGTH = 1.0 / 3;
  private static final double SCRATCH_HALF_WIDTH = 1.0 / 96;
  private static final double PART = 1.0 / 5;
  private static final double MOVED = 1.0 / 8;
  private static final double LIGHT_DEVIATION = 1.0 / 8;
  private static final double LEAST_CONTRAST = 4;
  private static final float WHITE = 255;

  private final Frames frames;
  private final double side;
  private final SplittableRandom random;

  FrameFaults(Frames frames, SplittableRandom random) {
    this.frames = frames;
    this.random = random;
    side = Math.min(frames.height(), frames.width());
  }

  @Override
  public List<FaultKind> kinds() {
    return FaultKind.OF_FRAMES;
  }

  @Override
  public boolean canBreak(int window) {
    return true;
  }

  @Override
  public void plant(FaultKind kind, int window, int other, float[] values, int offset) {
    double mean = mean(values, offset);
    double contrast = Math.max(LEAST_CONTRAST, deviation(values, offset, mean));
    double x = frames.width() * (0.15 + 0.7 * random.nextDouble());
    double y = frames.height() * (0.15 + 0.7 * random.nextDouble());
    double angle = Math.PI * random.nextDouble();
    double sign = random.nextBoolean() ? 1 : -1;
    switch (kind) {
      case BLOT -> {
        double radius = BLOT_RADIUS * side;
        paint(
            values,
            offset,
            mean + sign * STRONG * contrast,
            (row, column) -> 1 - smooth(Math.hypot(row - y, column - x) - radius));
      }
      case SCRATCH ->
          paint(
              values,
              offset,
              mean + sign * STRONG * contrast,
              (row, column) -> onLine(row - y, column - x, angle));
      case MISSING_PART ->
          paint(
              values,
              offset,
              mean,
              (row, column) ->
                  Math.max(Math.abs(row - y), Math.abs(column - x)) <= 0.5 * PART * side ? 1 : 0);
      case DISPLACED -> move(values, offset, angle);
      case LOCAL_LIGHT -> {
        double deviation = LIGHT_DEVIATION * side;
        for (int i = 0; i < frames.columnCount(); i++) {
          int point = i / frames.channels();
          int row = point / frames.width();
          int column = point % frames.width();
          double far = Math.hypot(row - y, column - x);
          double light = Math.exp(-0.5 * far * far / (deviation * deviation));
          values[offset + i] = inRange(values[offset + i] + sign * SOFT * contrast * light);
        }
      }
      default -> throw new IllegalArgumentException(kind + " is no fault of frames");
    }
  }

  /** How much of a pixel is covered, in [0, 1]. */
  private interface Cover {
    double at(int row, int column);
  }

  private void paint(float[] values, int offset, double colour, Cover cover) {
    for (int i = 0; i < frames.columnCount(); i++) {
      int point = i / frames.channels();
      double share = cover.at(point / frames.width(), point % frames.width());
      values[offset + i] = inRange(values[offset + i] + share * (colour - values[offset + i]));
    }
  }

  private double onLine(double down, double right, double angle) {
    double along = right * Math.cos(angle) + down * Math.sin(angle);
    double across = Math.abs(down * Math.cos(angle) - right * Math.sin(angle));
    boolean within = Math.abs(along) <= 0.5 * SCRATCH_LENGTH * side;
    return within ? 1 - smooth(across - Math.max(0.5, SCRATCH_HALF_WIDTH * side)) : 0;
  }

  /** From 0 to 1 over one pixel. */
  private static double smooth(double beyond) {
    return Math.max(0, Math.min(1, beyond + 0.5));
  }

  private void move(float[] values, int offset, double angle) {
    int down = (int) Math.round(MOVED * side * Math.sin(2 * angle));
    int right = (int) Math.round(MOVED * side * Math.cos(2 * angle));
    float[] before = new float[frames.columnCount()];
    System.arraycopy(values, offset, before, 0, before.length);
    for (int y = 0; y < frames.height(); y++) {
      int row = Math.max(0, Math.min(frames.height() - 1, y - down));
      for (int x = 0; x < frames.width(); x++) {
        int column = Math.max(0, Math.min(frames.width() - 1, x - right));
        System.arraycopy(
            before,
            (row * frames.width() + column) * frames.channels(),
            values,
            offset + (y * frames.width() + x) * frames.channels(),
            frames.channels());
      }
    }
  }

  private double mean(float[] values, int offset) {
    double sum = 0;
    for (int i = offset; i < offset + frames.columnCount(); i++) {
      sum += values[i];
    }
    return sum / frames.columnCount();
  }

  private double deviation(float[] values, int offset, double mean) {
    double square = 0;
    for (int i = offset; i < offset + frames.columnCount(); i++) {
      square += (values[i] - mean) * (values[i] - mean);
    }
    return Math.sqrt(square / frames.columnCount());
  }

  private static float inRange(double value) {
    return (float) Math.max(0, Math.min(WHITE, value));
  }
}
