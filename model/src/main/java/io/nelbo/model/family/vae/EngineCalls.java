package io.nelbo.model.family.vae;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.nelbo.model.score.DeviceMemoryException;
import io.nelbo.model.score.NativeShapes;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands any number of windows to the engine in its few fixed shapes, packed and padded.
 *
 * <p>Where a GPU runs out of memory, the same rows come again in smaller shapes, and so do all
 * later ones. One thread at a time.
 */
final class EngineCalls {
  private static final Logger LOG = LoggerFactory.getLogger(EngineCalls.class);

  /** Rows that there is direct memory for before more are asked for. */
  private static final int AT_FIRST = 256;

  /**
   * Some of the rows, for one call.
   *
   * @param manager holds what is native, and is closed behind the call
   * @param start the first of the rows
   * @param count how many
   * @param nativeRows of the shape; those beyond the count are empty
   */
  record Chunk(NDManager manager, PackedWindows windows, int start, int count, int nativeRows) {
    NDArray input() {
      return windows.input(manager, nativeRows);
    }

    NDArray target() {
      return windows.target(manager, nativeRows);
    }
  }

  private final DenseLayout layout;
  private final float inputClip;
  private final int targetWidth;
  private final NativeShapes shapes;
  private final NDManager manager;
  private PackedWindows windows;
  private int mostRows;

  /**
   * @param samples draws per row
   * @param targetWidth columns of the target
   * @param manager stays open
   */
  EngineCalls(
      DenseLayout layout, float inputClip, int targetWidth, int samples, NDManager manager) {
    this.layout = layout;
    this.inputClip = inputClip;
    this.targetWidth = targetWidth;
    this.manager = manager;
    shapes = NativeShapes.of(manager.getDevice());
    mostRows = shapes.most(samples, layout.inputWidth());
    windows = new PackedWindows(layout, inputClip, Math.min(mostRows, AT_FIRST), targetWidth);
  }

  /** Rows times draws in one call. */
  int mostDraws() {
    return shapes.mostDraws();
  }

  /**
   * Calls with all of these scaled windows, in their order.
   *
   * @param call leaves nothing behind when the engine fails: the rows may come again
   * @throws DeviceMemoryException when the smallest shape is too large for a GPU
   */
  void forEach(float[] scaled, int rows, Consumer<Chunk> call) {
    for (int start = 0; start < rows; ) {
      int count = Math.min(rows - start, mostRows);
      int nativeRows = Math.min(mostRows, shapes.holding(count));
      pack(scaled, start, count, nativeRows);
      try (NDManager chunk = manager.newSubManager()) {
        call.accept(new Chunk(chunk, windows, start, count, nativeRows));
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
    int fewer =
        shapes
            .below(nativeRows)
            .orElseThrow(
                () ->
                    new DeviceMemoryException(
                        "no room for " + nativeRows + " rows: " + failure.getMessage(), failure));
    LOG.warn(
        "{} has no memory for {} rows at once, going on with {}: {}",
        manager.getDevice(),
        nativeRows,
        fewer,
        failure.getMessage());
    return fewer;
  }

  private void pack(float[] scaled, int start, int count, int nativeRows) {
    if (windows.capacity() < nativeRows) {
      windows = new PackedWindows(layout, inputClip, nativeRows, targetWidth);
    }
    for (int row = 0; row < count; row++) {
      windows.pack(row, scaled, (start + row) * layout.rowLength());
    }
    for (int row = count; row < nativeRows; row++) {
      windows.packNothing(row);
    }
  }
}
