package io.nelbo.model.family.frames;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.nelbo.model.network.AlignedFloats;
import io.nelbo.model.score.BoundEstimator;
import io.nelbo.model.score.NativeCalls;
import io.nelbo.model.score.NativeShapes;
import java.util.Arrays;
import java.util.function.Consumer;

/** Calls of the engine with frames, prepared as they are modelled. One thread at a time. */
final class FrameCalls {
  private final FramePreparation preparation;
  private final NativeCalls calls;
  private final float[] planes;
  private AlignedFloats memory = new AlignedFloats(1);
  private FramePreparation.Light[] lights = new FramePreparation.Light[0];

  /**
   * @param samples draws per frame
   * @param manager stays open
   */
  FrameCalls(FramePreparation preparation, int samples, NDManager manager) {
    this.preparation = preparation;
    planes = new float[preparation.size().values()];
    calls =
        new NativeCalls(
            NativeShapes.ofFrames(manager.getDevice()), samples, planes.length, manager);
  }

  /** Some of the frames, for one call: input and target at once, what continues them masked. */
  record Chunk(NativeCalls.Slice slice, FrameCalls calls) implements BoundEstimator.Rows {
    /** The first of the frames. */
    int start() {
      return slice.start();
    }

    /** {@code [nativeRows, values]}. */
    NDArray input() {
      return input(manager());
    }

    FramePreparation.Light light(int row) {
      return calls.lights[row];
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
      return calls.memory.view(owner, new Shape(nativeRows(), calls.planes.length));
    }

    @Override
    public NDArray target(NDManager owner) {
      return input(owner);
    }

    @Override
    public NDArray mask(NDManager owner) {
      NDArray shown =
          owner.create(calls.preparation.size().shown(), new Shape(1, calls.planes.length));
      return shown.broadcast(nativeRows(), calls.planes.length);
    }
  }

  /** Calls with all of these frames, as {@link NativeCalls#forEach} says. */
  void forEach(float[] frames, int rows, Consumer<Chunk> call) {
    calls.forEach(rows, new Packing(frames), slice -> call.accept(new Chunk(slice, this)));
  }

  private final class Packing implements NativeCalls.Packing {
    private final float[] frames;
    private final int length = preparation.size().frames().columnCount();

    Packing(float[] frames) {
      this.frames = frames;
    }

    @Override
    public void reserve(int rows) {
      if (lights.length < rows) {
        memory = new AlignedFloats(rows * planes.length);
        lights = new FramePreparation.Light[rows];
      }
    }

    @Override
    public void pack(int place, int row) {
      lights[place] = preparation.prepare(frames, row * length, planes, 0);
      memory.put(place * planes.length, planes);
    }

    @Override
    public void packNothing(int place) {
      Arrays.fill(planes, 0);
      memory.put(place * planes.length, planes);
    }
  }
}
