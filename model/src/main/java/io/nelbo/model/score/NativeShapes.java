package io.nelbo.model.score;

import ai.djl.Device;
import java.util.List;
import java.util.OptionalInt;

/**
 * The few shapes that a scorer calls the engine with: a row's bits must not depend on how many
 * others come with it.
 *
 * @param rows ascending; multiples of 32, so that no vector instruction meets the end of an array
 * @param mostDraws rows times draws in one call
 */
public record NativeShapes(List<Integer> rows, int mostDraws) {
  /** Beyond 2,048 draws, activations fall out of the cache. */
  private static final NativeShapes CPU = new NativeShapes(List.of(32, 128, 256), 1 << 11);

  /** A call costs tens of microseconds there, whatever its size. */
  private static final NativeShapes GPU =
      new NativeShapes(List.of(32, 128, 256, 1024, 4096, 16384, 65536), 1 << 18);

  /**
   * Of convolutions, which are as fast with few frames as with many, and pick their way by how many
   * there are.
   */
  private static final NativeShapes CPU_FRAMES = new NativeShapes(List.of(32), 1 << 11);

  /** Values of the input in one call: 64 MB of direct memory. */
  private static final int MOST_VALUES = 1 << 24;

  public static NativeShapes of(Device device) {
    return device.isGpu() ? GPU : CPU;
  }

  public static NativeShapes ofFrames(Device device) {
    return device.isGpu() ? GPU : CPU_FRAMES;
  }

  /** The largest that stays within the limits, the smallest in any case. */
  public int most(int samples, int inputWidth) {
    int most = rows.get(0);
    for (int candidate : rows) {
      if ((long) candidate * samples <= mostDraws && (long) candidate * inputWidth <= MOST_VALUES) {
        most = candidate;
      }
    }
    return most;
  }

  /** The smallest that holds so many; the largest when none does. */
  public int holding(int count) {
    return rows.stream().filter(candidate -> candidate >= count).findFirst().orElse(last());
  }

  /** The next smaller one. */
  public OptionalInt below(int size) {
    return rows.stream().mapToInt(Integer::intValue).filter(candidate -> candidate < size).max();
  }

  private int last() {
    return rows.get(rows.size() - 1);
  }
}
