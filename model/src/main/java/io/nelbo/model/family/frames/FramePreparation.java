package io.nelbo.model.family.frames;

import java.util.Arrays;

/**
 * From a frame of values in 0 to 255, row after row with the channels of a point side by side, to
 * the planes that are modelled, one channel after the other. In Java: a frame's bits depend on that
 * frame alone. One thread at a time.
 *
 * <p>With gain and offset taken out, a frame becomes {@code (x - mean) / max(deviation, 4)}, mean
 * and deviation over all of its values: brightness and contrast are the lamp's, not the scene's. A
 * factor for all channels keeps colours apart. Without, it becomes {@code (x - 127.5) / 64}.
 */
final class FramePreparation {
  /** Less contrast than this is noise that must not be blown up. */
  private static final double LEAST_DEVIATION = 4;

  private static final double MIDDLE = 127.5;
  private static final double USUAL_DEVIATION = 64;

  /** Contrast is measured at this side: grain is not what it is about. */
  private static final int MEASURED_SIDE = 64;

  private final WorkingSize size;
  private final boolean normalised;
  private final AreaMeans measuredRows;
  private final AreaMeans measuredColumns;
  private final AreaMeans rows;
  private final AreaMeans columns;
  private final float[] strip;
  private final float[] measured;

  FramePreparation(WorkingSize size, boolean normalised) {
    this.size = size;
    this.normalised = normalised;
    int height = size.frames().height();
    int width = size.frames().width();
    measuredRows = AreaMeans.of(height, Math.min(height, Math.max(MEASURED_SIDE, size.height())));
    measuredColumns = AreaMeans.of(width, Math.min(width, Math.max(MEASURED_SIDE, size.width())));
    rows = AreaMeans.of(measuredRows.size(), size.height());
    columns = AreaMeans.of(measuredColumns.size(), size.width());
    strip = new float[measuredRows.size() * Math.max(width, size.width())];
    measured = new float[size.channels() * measuredRows.size() * measuredColumns.size()];
  }

  /**
   * A value is {@code offset + gain * modelled value}.
   *
   * @param offset in 0 to 255
   * @param gain positive
   */
  record Light(double offset, double gain) {}

  WorkingSize size() {
    return size;
  }

  /**
   * @param raw a frame from {@code from} on
   * @param planes written from {@code to} on, {@code channels x height x width}
   * @return what was taken out of the frame
   */
  Light prepare(float[] raw, int from, float[] planes, int to) {
    int channels = size.channels();
    int area = measuredRows.size() * measuredColumns.size();
    for (int channel = 0; channel < channels; channel++) {
      shrink(
          new Axes(measuredRows, measuredColumns, size.frames().width(), channels),
          raw,
          from + channel,
          measured,
          channel * area);
    }
    Light light = light();
    for (int i = 0; i < measured.length; i++) {
      measured[i] = (float) ((measured[i] - light.offset()) / light.gain());
    }
    for (int channel = 0; channel < channels; channel++) {
      shrink(
          new Axes(rows, columns, measuredColumns.size(), 1),
          measured,
          channel * area,
          planes,
          to + channel * size.area());
    }
    return light;
  }

  private Light light() {
    if (!normalised) {
      return new Light(MIDDLE, USUAL_DEVIATION);
    }
    double sum = 0;
    for (float value : measured) {
      sum += value;
    }
    double offset = sum / measured.length;
    double square = 0;
    for (float value : measured) {
      square += (value - offset) * (value - offset);
    }
    double deviation = Math.sqrt(square / measured.length);
    return new Light(offset, Math.max(LEAST_DEVIATION, deviation));
  }

  private record Axes(AreaMeans rows, AreaMeans columns, int width, int step) {}

  private void shrink(Axes axes, float[] source, int from, float[] target, int to) {
    int width = axes.width();
    for (int y = 0; y < axes.rows().size(); y++) {
      float[] weights = axes.rows().weights()[y];
      Arrays.fill(strip, 0, width, 0);
      int row = from + axes.rows().first()[y] * width * axes.step();
      for (float weight : weights) {
        for (int x = 0; x < width; x++) {
          strip[x] += weight * source[row + x * axes.step()];
        }
        row += width * axes.step();
      }
      for (int x = 0; x < axes.columns().size(); x++) {
        float sum = 0;
        int at = axes.columns().first()[x];
        for (float weight : axes.columns().weights()[x]) {
          sum += weight * strip[at++];
        }
        target[to + y * axes.columns().size() + x] = sum;
      }
    }
  }
}
