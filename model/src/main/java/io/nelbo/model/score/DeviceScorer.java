package io.nelbo.model.score;

import ai.djl.Device;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The scorer of one artifact, warmed up; moves from the GPU to the CPU, once and for good, when the
 * memory there does not suffice even for its smallest call. One thread at a time.
 */
public final class DeviceScorer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DeviceScorer.class);

  private final String version;
  private final Function<Device, WindowModel> opening;
  private final Device wanted;
  private WindowModel scorer;
  private boolean moved;

  /**
   * @param version of the model, for the log
   * @param opening copies the network to a device
   * @param wanted where it is to be first
   * @throws IllegalArgumentException when the artifact contradicts itself
   */
  public DeviceScorer(String version, Function<Device, WindowModel> opening, Device wanted) {
    this.version = version;
    this.opening = opening;
    this.wanted = wanted;
    scorer = firstOne();
  }

  /**
   * Calls the scorer, on the CPU once more if the GPU's memory did not suffice.
   *
   * @param work may be called twice; what the scorer returns is valid until the next call
   */
  public <T> T call(Function<WindowModel, T> work) {
    try {
      return work.apply(scorer);
    } catch (DeviceMemoryException scarce) {
      scorer.close();
      scorer = onCpu(scarce);
      return work.apply(scorer);
    }
  }

  /** Whether it was to be on a GPU and is on the CPU. */
  public boolean hasMoved() {
    return moved;
  }

  @Override
  public void close() {
    scorer.close();
  }

  private WindowModel firstOne() {
    try {
      return warm(wanted);
    } catch (DeviceMemoryException scarce) {
      return onCpu(scarce);
    }
  }

  private WindowModel onCpu(DeviceMemoryException scarce) {
    LOG.warn(
        "model {} is scored on the CPU from now on, {} has too little memory left: {}",
        version,
        wanted,
        scarce.getMessage());
    moved = true;
    return warm(Device.cpu());
  }

  private WindowModel warm(Device device) {
    WindowModel fresh = opening.apply(device);
    try {
      fresh.warmUp();
      return fresh;
    } catch (RuntimeException | Error e) {
      fresh.close();
      throw e;
    }
  }
}
