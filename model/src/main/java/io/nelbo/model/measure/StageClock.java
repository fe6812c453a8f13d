package io.nelbo.model.measure;

import ai.djl.ndarray.NDArray;
import java.util.function.LongSupplier;

/**
 * Adds up the time of each stage. Waits for a GPU at the end of each, so a measured call takes
 * longer than one that nobody measures.
 */
public final class StageClock implements Stages {
  private final LongSupplier nanoClock;
  private long mark;
  private long sending;
  private long computing;
  private long receiving;

  public StageClock(LongSupplier nanoClock) {
    this.nanoClock = nanoClock;
  }

  @Override
  public void packed() {
    mark = nanoClock.getAsLong();
  }

  @Override
  public void sent(NDArray last) {
    await(last);
    sending += lap();
  }

  @Override
  public void computed(NDArray last) {
    await(last);
    computing += lap();
  }

  @Override
  public void received() {
    receiving += lap();
  }

  /**
   * @param totalNanos of all that was measured; what was in no stage is Java's own work
   */
  public StageTimes times(long totalNanos) {
    return new StageTimes(
        sending, computing, receiving, totalNanos - sending - computing - receiving);
  }

  private long lap() {
    long now = nanoClock.getAsLong();
    long passed = now - mark;
    mark = now;
    return passed;
  }

  /** The engine runs a device's calls in order: one number of the last has all before it done. */
  private static void await(NDArray last) {
    if (last.getDevice().isGpu()) {
      last.flatten().get("0:1").toFloatArray();
    }
  }
}
