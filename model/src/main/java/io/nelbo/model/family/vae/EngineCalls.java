package io.nelbo.model.family.vae;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.nelbo.model.artifact.LikelihoodSpec;
import io.nelbo.model.score.BoundEstimator;
import io.nelbo.model.score.NativeCalls;
import io.nelbo.model.score.NativeShapes;
import java.util.function.Consumer;

/** Calls of the engine with windows, as a dense network wants them. One thread at a time. */
final class EngineCalls {
  /** Rows that there is direct memory for before more are asked for. */
  private static final int AT_FIRST = 256;

  /** Some of the windows, for one call. */
  record Chunk(NativeCalls.Slice slice, PackedWindows windows) implements BoundEstimator.Rows {
    /** The first of the rows. */
    int start() {
      return slice.start();
    }

    NDArray input() {
      return input(manager());
    }

    NDArray target() {
      return target(manager());
    }

    @Override
    public NDManager manager() {
      return slice.manager();
    }

    @Override
    public int count() {
      return slice.count();
    }

    @Override
    public int nativeRows() {
      return slice.nativeRows();
    }

    @Override
    public NDArray input(NDManager owner) {
      return windows.input(owner, nativeRows());
    }

    @Override
    public NDArray target(NDManager owner) {
      return windows.target(owner, nativeRows());
    }

    @Override
    public NDArray mask(NDManager owner) {
      return windows.mask(owner, nativeRows());
    }
  }

  private final DenseLayout layout;
  private final LikelihoodSpec likelihood;
  private final int targetWidth;
  private final NativeCalls calls;
  private PackedWindows windows;

  /**
   * @param samples draws per row
   * @param targetWidth columns of the target
   * @param manager stays open
   */
  EngineCalls(
      DenseLayout layout,
      LikelihoodSpec likelihood,
      int targetWidth,
      int samples,
      NDManager manager) {
    this.layout = layout;
    this.likelihood = likelihood;
    this.targetWidth = targetWidth;
    calls =
        new NativeCalls(
            NativeShapes.of(manager.getDevice()), samples, layout.inputWidth(), manager);
    windows =
        new PackedWindows(layout, likelihood, Math.min(calls.mostRows(), AT_FIRST), targetWidth);
  }

  /** Rows times draws in one call. */
  int mostDraws() {
    return calls.mostDraws();
  }

  /** Calls with all of these scaled windows, as {@link NativeCalls#forEach} says. */
  void forEach(float[] scaled, int rows, Consumer<Chunk> call) {
    calls.forEach(rows, new Packing(scaled), slice -> call.accept(new Chunk(slice, windows)));
  }

  private final class Packing implements NativeCalls.Packing {
    private final float[] scaled;

    Packing(float[] scaled) {
      this.scaled = scaled;
    }

    @Override
    public void reserve(int rows) {
      if (windows.capacity() < rows) {
        windows = new PackedWindows(layout, likelihood, rows, targetWidth);
      }
    }

    @Override
    public void pack(int place, int row) {
      windows.pack(place, scaled, row * layout.rowLength());
    }

    @Override
    public void packNothing(int place) {
      windows.packNothing(place);
    }
  }
}
