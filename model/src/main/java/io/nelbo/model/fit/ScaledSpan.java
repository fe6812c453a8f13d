package io.nelbo.model.fit;

import io.nelbo.model.record.Segment;
import io.nelbo.model.record.WindowShape;
import io.nelbo.model.scale.Scaler;
import java.util.Arrays;
import java.util.List;

/** A sorted span with scaled values, from which windows are copied. */
public final class ScaledSpan {
  private final List<Segment> segments;
  private final float[][] scaled;
  private final int features;
  private final int columns;
  private final int rowLength;

  /** Scales the segments, which are in order of series and time. */
  public ScaledSpan(List<Segment> segments, Scaler scaler, WindowShape shape) {
    this.segments = segments;
    features = shape.features();
    columns = shape.columns();
    rowLength = shape.rowLength();
    scaled = new float[segments.size()][];
    for (int index = 0; index < scaled.length; index++) {
      Segment segment = segments.get(index);
      scaled[index] = new float[segment.values().length];
      for (int row = 0; row < segment.records(); row++) {
        int offset = row * columns;
        scaler.toScaled(segment.series(), segment.values(), offset, scaled[index], offset);
      }
    }
  }

  public int rowLength() {
    return rowLength;
  }

  /** How many segments there are. */
  public int segments() {
    return segments.size();
  }

  public int records(int segment) {
    return segments.get(segment).records();
  }

  public String series(Windows windows, int window) {
    return segments.get(windows.segment(window)).series();
  }

  public long eventTimeMillis(Windows windows, int window) {
    return segments.get(windows.segment(window)).eventTimeMillis()[windows.row(window)];
  }

  /**
   * How long the newest record stood for its series: since the record before it; the first of a
   * segment as long as the second, or not at all when it is alone.
   */
  public long watchedMillis(Windows windows, int window) {
    long[] times = segments.get(windows.segment(window)).eventTimeMillis();
    int row = Math.max(1, windows.row(window));
    return times.length > 1 ? times[row] - times[row - 1] : 0;
  }

  /** The sum of log scales of the newest record's observed features. */
  public double logDeterminant(Scaler scaler, Windows windows, int window) {
    Segment segment = segments.get(windows.segment(window));
    return scaler.logDeterminant(
        segment.series(), segment.values(), windows.row(window) * columns, features);
  }

  /** Copies one window of {@link #rowLength()} values, NaN where missing. */
  public void copy(Windows windows, int window, float[] target, int offset) {
    int end = (windows.row(window) + 1) * columns;
    System.arraycopy(scaled[windows.segment(window)], end - rowLength, target, offset, rowLength);
  }

  /** All windows side by side. */
  public float[] copyAll(Windows windows) {
    float[] copies = new float[Math.multiplyExact(windows.size(), rowLength)];
    for (int window = 0; window < windows.size(); window++) {
      copy(windows, window, copies, window * rowLength);
    }
    return copies;
  }

  /** Mean of each feature over the windows' newest records; 0 where it was never observed. */
  public double[] means(Windows windows) {
    double[] sums = new double[features];
    int[] counts = new int[features];
    for (int window = 0; window < windows.size(); window++) {
      float[] values = scaled[windows.segment(window)];
      int start = windows.row(window) * columns;
      for (int feature = 0; feature < features; feature++) {
        if (!Float.isNaN(values[start + feature])) {
          sums[feature] += values[start + feature];
          counts[feature]++;
        }
      }
    }
    Arrays.setAll(sums, feature -> sums[feature] / Math.max(1, counts[feature]));
    return sums;
  }

  /** Share of the newest record's features that were observed. */
  public double observedShare(Windows windows, int window) {
    return segments.get(windows.segment(window)).observedShare(windows.row(window), features);
  }
}
