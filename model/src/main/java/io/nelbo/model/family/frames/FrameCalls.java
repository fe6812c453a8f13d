package io.nelbo.model.family.frames;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.nelbo.model.network.AlignedFloats;
import io.nelbo.model.score.DeviceMemoryException;
import io.nelbo.model.score.NativeShapes;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Hands any number of frames to the engine in its few fixed shapes, prepared and padded. Where a
 * GPU runs out of memory, the same frames come again in smaller shapes. One thread at a time.
 */
final class FrameCalls {
  private final FramePreparation preparation;
  private final NativeShapes shapes;
  private final NDManager manager;
  private final float[] planes;
  private int mostRows;
  private AlignedFloats memory;
  private int room;
  private FramePreparation.Light[] lights = new FramePreparation.Light[0];

  FrameCalls(FramePreparation preparation, int samples, NDManager manager) {
    this.preparation = preparation;
    this.manager = manager;
    shapes = NativeShapes.ofFrames(manager.getDevice());
    planes = new float[preparation.size().values()];
    mostRows = shapes.most(samples, planes.length);
    room = 0;
    memory = new AlignedFloats(1);
  }

  /**
   * Some of the frames, for one call.
   *
   * @param manager holds what is native, and is closed behind the call
   * @param start the first of the frames
   * @param count how many
   * @param nativeRows of the shape; those beyond the count are empty
   */
  record Chunk(FrameCalls calls, NDManager manager, int start, int count, int nativeRows) {
    /** {@code [nativeRows, values]}. */
    NDArray input() {
      return inputIn(manager);
    }

    NDArray inputIn(NDManager owner) {
      return calls.memory.view(owner, new Shape(nativeRows, calls.planes.length));
    }

    FramePreparation.Light light(int row) {
      return calls.lights[row];
    }
  }

  /**
   * @param call leaves nothing behind when the engine fails: the frames may come again
   * @throws DeviceMemoryException when the smallest shape is too large for a GPU
   */
  void forEach(float[] frames, int rows, Consumer<Chunk> call) {
    int length = preparation.size().frames().columnCount();
    for (int start = 0; start < rows; ) {
      int count = Math.min(rows - start, mostRows);
      int nativeRows = Math.min(mostRows, shapes.holding(count));
      reserve(nativeRows);
      for (int row = 0; row < count; row++) {
        lights[row] = preparation.prepare(frames, (start + row) * length, planes, 0);
        memory.put(row * planes.length, planes);
      }
      Arrays.fill(planes, 0);
      for (int row = count; row < nativeRows; row++) {
        memory.put(row * planes.length, planes);
      }
      try (NDManager chunk = manager.newSubManager()) {
        call.accept(new Chunk(this, chunk, start, count, nativeRows));
        start += count;
      } catch (EngineException e) {
        mostRows = fewerThan(nativeRows, e);
      }
    }
  }

  private int fewerThan(int nativeRows, EngineException failure) {
    if (!DeviceMemoryException.isCause(failure, manager.getDevice())) {
      throw failure;
    }
    return shapes
        .below(nativeRows)
        .orElseThrow(
            () ->
                new DeviceMemoryException(
                    "no room for " + nativeRows + " frames: " + failure.getMessage(), failure));
  }

  private void reserve(int rows) {
    if (room < rows) {
      room = rows;
      memory = new AlignedFloats(rows * planes.length);
      lights = new FramePreparation.Light[rows];
    }
  }
}
