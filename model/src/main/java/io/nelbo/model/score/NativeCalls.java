package io.nelbo.model.score;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDManager;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands any number of rows to the engine in its few fixed shapes, packed and padded.
 *
 * <p>Where a GPU runs out of memory, the same rows come again in smaller shapes, and so do all
 * later ones. One thread at a time.
 */
public final class NativeCalls {
  private static final Logger LOG = LoggerFactory.getLogger(NativeCalls.class);

  /** Where rows are laid out for a call. */
  public interface Packing {
    /** Makes room for so many rows; what was packed may be gone. */
    void reserve(int rows);

    /** Lays out a row for this place of the call. */
    void pack(int place, int row);

    /** Fills a place that no row is left for. */
    void packNothing(int place);
  }

  /**
   * Some of the rows, for one call.
   *
   * @param manager holds what is native, and is closed behind the call
   * @param start the first of the rows
   * @param count how many
   * @param nativeRows of the shape; those beyond the count are empty
   */
  public record Slice(NDManager manager, int start, int count, int nativeRows) {}

  private final NativeShapes shapes;
  private final NDManager manager;
  private int mostRows;

  /**
   * Calls of rows that are so wide, each with so many draws.
   *
   * @param manager stays open
   */
  public NativeCalls(NativeShapes shapes, int samples, int inputWidth, NDManager manager) {
    this.shapes = shapes;
    this.manager = manager;
    mostRows = shapes.most(samples, inputWidth);
  }

  /** Rows in one call, at most. */
  public int mostRows() {
    return mostRows;
  }

  /** Rows times draws in one call. */
  public int mostDraws() {
    return shapes.mostDraws();
  }

  /**
   * Calls with all rows, in their order.
   *
   * @param call leaves nothing behind when the engine fails: the rows may come again
   * @throws DeviceMemoryException when the smallest shape is too large for a GPU
   */
  public void forEach(int rows, Packing packing, Consumer<Slice> call) {
    for (int start = 0; start < rows; ) {
      int count = Math.min(rows - start, mostRows);
      int nativeRows = Math.min(mostRows, shapes.holding(count));
      packing.reserve(nativeRows);
      for (int place = 0; place < count; place++) {
        packing.pack(place, start + place);
      }
      for (int place = count; place < nativeRows; place++) {
        packing.packNothing(place);
      }
      try (NDManager slice = manager.newSubManager()) {
        call.accept(new Slice(slice, start, count, nativeRows));
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
}
