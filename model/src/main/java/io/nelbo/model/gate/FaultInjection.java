package io.nelbo.model.gate;

import io.nelbo.model.record.Frames;
import java.util.List;
import java.util.SplittableRandom;

/** Plants one fault into a copy of a held-out window. Not thread-safe. */
interface FaultInjection {
  /** Faults that such records have. */
  static FaultInjection into(HeldOutWindows windows, SplittableRandom random) {
    return windows.record() instanceof Frames frames
        ? new FrameFaults(frames, random)
        : new SensorFaults(windows, new FeatureUnits(windows), random);
  }

  List<FaultKind> kinds();

  /** Whether a fault of the window would have a size. */
  boolean canBreak(int window);

  /**
   * Changes values of the window that was copied to {@code offset}.
   *
   * @param other a window of some time before, where a stuck feature has its value from
   */
  void plant(FaultKind kind, int window, int other, float[] values, int offset);
}
