package io.nelbo.model.family.frames;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.nelbo.model.artifact.Tensor;
import io.nelbo.model.network.DeviceTensors;
import java.util.Arrays;

/**
 * How far a frame is from the nearest of those that a training kept: what has been seen is normal,
 * however rare it is. Frames are compared by means over blocks, {@value #SIDE} a side, for grain
 * would make all of them equally far from each other.
 */
final class NearestFrames {
  /** Kept frames, {@code [frames, values]}. */
  static final String FRAMES = "nearest.frames";

  /** Of a training's frames so many are kept. */
  static final int MOST = 1024;

  static final int SIDE = WorkingSize.STEP;

  /** With few columns a row's bits depend on its place, see {@link FrameTensors}. */
  private static final int FRAMES_MULTIPLE = 16;

  private final WorkingSize size;
  private final NDArray kept;
  private final float[] squares;

  /**
   * @param size of the frames that come
   * @param frames as {@link #keep} gave them
   * @param manager holds the copy of the frames
   */
  NearestFrames(WorkingSize size, Tensor frames, NDManager manager) {
    this.size = size;
    int values = values(size);
    int count = frames.shape()[0];
    int padded = (count + FRAMES_MULTIPLE - 1) / FRAMES_MULTIPLE * FRAMES_MULTIPLE;
    float[] all = Arrays.copyOf(frames.values(), padded * values);
    for (int frame = count; frame < padded; frame++) { // the last one again is no nearer
      System.arraycopy(all, (count - 1) * values, all, frame * values, values);
    }
    squares = new float[padded];
    for (int i = 0; i < all.length; i++) {
      squares[i / values] += all[i] * all[i];
    }
    Tensor transposed = new Tensor(new int[] {padded, values}, all);
    kept = DeviceTensors.copy(manager, transposed).transpose();
  }

  /** Values of a frame that is compared. */
  static int values(WorkingSize size) {
    return size.channels() * SIDE * SIDE;
  }

  /**
   * What is to be kept of a training's frames.
   *
   * @param planes prepared frames, side by side
   */
  static Tensor keep(WorkingSize size, float[] planes, NDManager parent) {
    int count = planes.length / size.values();
    try (NDManager call = parent.newSubManager()) {
      NDArray frames = call.create(planes, new Shape(count, size.values()));
      return new Tensor(new int[] {count, values(size)}, blocks(size, frames).toFloatArray());
    }
  }

  private static NDArray blocks(WorkingSize size, NDArray frames) {
    int down = size.height() / SIDE;
    int across = size.width() / SIDE;
    return frames
        .reshape(-1, size.channels(), SIDE, down, SIDE, across)
        .mean(new int[] {5})
        .mean(new int[] {3})
        .reshape(-1, values(size));
  }

  /**
   * Mean squares of the differences from the nearest kept frame.
   *
   * @param frames {@code [rows, values]}
   */
  float[] distances(NDArray frames) {
    NDArray blocks = blocks(size, frames);
    float[] own = blocks.toFloatArray();
    float[] products = blocks.matMul(kept).toFloatArray();
    int values = values(size);
    float[] distances = new float[own.length / values];
    for (int row = 0; row < distances.length; row++) {
      float square = 0;
      for (int i = row * values; i < (row + 1) * values; i++) {
        square += own[i] * own[i];
      }
      float nearest = Float.POSITIVE_INFINITY;
      for (int frame = 0; frame < squares.length; frame++) {
        float candidate = squares[frame] - 2 * products[row * squares.length + frame];
        nearest = candidate < nearest || Float.isNaN(candidate) ? candidate : nearest;
      }
      distances[row] = Math.max(0, square + nearest) / values;
    }
    return distances;
  }
}
