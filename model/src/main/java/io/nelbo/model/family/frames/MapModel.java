package io.nelbo.model.family.frames;

import static io.nelbo.model.Preconditions.requireArgument;

import io.nelbo.model.artifact.Tensor;
import io.nelbo.model.score.HeatMap;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Where a frame is strange, finer than what says whether it is: what a linear model of many
 * components leaves of a larger copy, and of that what a ring around each pixel does not foretell,
 * over its usual square. Blurred, in units of its border.
 *
 * @param size of the copy
 * @param linear its model
 * @param ring fitted to what that leaves
 * @param usual square of each pixel, with a share of their mean
 * @param border what a thousandth of normal frames exceed anywhere
 */
@SuppressWarnings("ArrayRecordComponent") // weights, never compared
record MapModel(
    WorkingSize size, LinearFrames linear, RingFilter ring, float[] usual, double border) {
  static final int SIDE = 64;
  static final int COMPONENTS = 256;

  static final String MEAN = "map.mean";
  static final String AXES = "map.axes";
  static final String RING = "map.ring";
  static final String USUAL = "map.usual";
  static final String BORDER = "map.border";

  private static final double BLUR_SHARE = 1.0 / 43;
  private static final double SHARE_OF_MEAN = 0.3;
  private static final double TAIL = 0.1;
  private static final double BEYOND = 0.001;

  /**
   * @param linear of the fitted frames
   * @param residuals what it leaves of others, side by side
   */
  static MapModel fit(WorkingSize size, LinearFrames linear, float[] residuals, long seed) {
    int frames = residuals.length / size.values();
    double[] largest = new double[frames];
    // What the filter was fitted to is foretold too well: each half is judged by the other's.
    int half = frames / 2;
    float[] first = Arrays.copyOf(residuals, half * size.values());
    float[] second = Arrays.copyOfRange(residuals, half * size.values(), residuals.length);
    if (half > 0) {
      unbordered(size, linear, second, seed).largest(first, largest, 0);
      unbordered(size, linear, first, seed).largest(second, largest, half);
    }
    MapModel map = unbordered(size, linear, residuals, seed);
    if (half == 0) {
      map.largest(residuals, largest, 0);
    }
    return new MapModel(size, linear, map.ring(), map.usual(), border(largest));
  }

  private static MapModel unbordered(
      WorkingSize size, LinearFrames linear, float[] residuals, long seed) {
    RingFilter ring = RingFilter.fit(residuals, size, seed);
    float[] usual = new float[size.area()];
    int frames = residuals.length / size.values();
    for (int plane = 0; plane < frames * size.channels(); plane++) {
      ring.addSquares(residuals, plane * size.area(), size, usual);
    }
    double mean = 0;
    for (float square : usual) {
      mean += square / ((double) frames * usual.length);
    }
    for (int i = 0; i < usual.length; i++) {
      usual[i] = (float) Math.max(1e-9, usual[i] / frames + SHARE_OF_MEAN * mean);
    }
    return new MapModel(size, linear, ring, usual, 1);
  }

  /** Writes the largest value of the map of each frame. */
  private void largest(float[] residuals, double[] to, int from) {
    for (int frame = 0; frame < residuals.length / size.values(); frame++) {
      for (float value : map(residuals, frame * size.values()).values()) {
        to[from + frame] = Math.max(to[from + frame], value);
      }
    }
  }

  /** The tail of the maxima continued as an exponential. */
  private static double border(double[] largest) {
    Arrays.sort(largest);
    int beyond = Math.max(1, (int) (TAIL * largest.length));
    double threshold = largest[Math.max(0, largest.length - beyond - 1)];
    double excess = 0;
    for (int i = largest.length - beyond; i < largest.length; i++) {
      excess += (largest[i] - threshold) / beyond;
    }
    double share = (double) beyond / largest.length;
    return Math.max(1e-9, threshold + excess * Math.max(0, Math.log(share / BEYOND)));
  }

  /**
   * @param residuals of one frame, from {@code from} on
   */
  HeatMap map(float[] residuals, int from) {
    float[] squares = new float[size.area()];
    for (int channel = 0; channel < size.channels(); channel++) {
      ring.addSquares(residuals, from + channel * size.area(), size, squares);
    }
    for (int i = 0; i < squares.length; i++) {
      squares[i] /= usual[i];
    }
    double side = Math.max(size.shownHeight(), size.shownWidth());
    new Blur(size.height(), size.width(), side * BLUR_SHARE).apply(squares, 0, squares, 0);
    float[] shown = new float[size.shownHeight() * size.shownWidth()];
    for (int y = 0; y < size.shownHeight(); y++) {
      for (int x = 0; x < size.shownWidth(); x++) {
        shown[y * size.shownWidth() + x] = (float) (squares[y * size.width() + x] / border);
      }
    }
    return new HeatMap(size.shownHeight(), size.shownWidth(), shown);
  }

  Map<String, Tensor> tensors() {
    Map<String, Tensor> tensors = new HashMap<>();
    tensors.put(MEAN, new Tensor(new int[] {size.values()}, linear.mean()));
    tensors.put(AXES, new Tensor(new int[] {linear.components(), size.values()}, linear.axes()));
    tensors.put(RING, new Tensor(new int[] {ring.weights().length}, ring.weights()));
    tensors.put(USUAL, new Tensor(new int[] {usual.length}, usual));
    tensors.put(BORDER, new Tensor(new int[] {1}, new float[] {(float) border}));
    return tensors;
  }

  /**
   * From the weights' file, whose shapes were compared.
   *
   * @throws IllegalArgumentException when what divides is not positive
   */
  static MapModel of(Map<String, Tensor> tensors, WorkingSize size) {
    float border = Tensor.named(BORDER, tensors).values()[0];
    requireArgument(border > 0, "tensor %s holds %s, expected it positive", BORDER, border);
    float[] usual = Tensor.named(USUAL, tensors).values();
    for (float one : usual) {
      requireArgument(one > 0, "tensor %s holds %s, expected it positive", USUAL, one);
    }
    return new MapModel(
        size,
        new LinearFrames(
            Tensor.named(MEAN, tensors).values(), Tensor.named(AXES, tensors).values(), 1),
        new RingFilter(
            RingFilter.sideFor(size),
            RingFilter.holeFor(size),
            Tensor.named(RING, tensors).values()),
        usual,
        border);
  }
}
