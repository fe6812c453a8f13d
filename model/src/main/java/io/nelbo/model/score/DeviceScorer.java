package io.nelbo.model.score;

import io.nelbo.model.family.vae.Scorer;
import ai.djl.Device;
import io.nelbo.model.artifact.ModelArtifact;
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
  private final Function<Device, Scorer> opening;
  private final Device wanted;
  private Scorer scorer;
  private boolean moved;

  /**
   * @param version of the model, for the log
   * @param opening copies the network to a device
   */
  DeviceScorer(String version, Function<Device, Scorer> opening, Device wanted) {
    this.version = version;
    this.opening = opening;
    this.wanted = wanted;
    scorer = firstOne();
  }

  /**
   * @throws IllegalArgumentException when the artifact contradicts itself
   */
  public static DeviceScorer of(ModelArtifact artifact, Device device) {
    return new DeviceScorer(
        artifact.manifest().version(), where -> Scorer.of(artifact, where), device);
  }

  /**
   * Calls the scorer, on the CPU once more if the GPU's memory did not suffice.
   *
   * @param work may be called twice; what the scorer returns is valid until the next call
   */
  public <T> T call(Function<Scorer, T> work) {
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

  private Scorer firstOne() {
    try {
      return warm(wanted);
    } catch (DeviceMemoryException scarce) {
      return onCpu(scarce);
    }
  }

  private Scorer onCpu(DeviceMemoryException scarce) {
    LOG.warn(
        "model {} is scored on the CPU from now on, {} has too little memory left: {}",
        version,
        wanted,
        scarce.getMessage());
    moved = true;
    return warm(Device.cpu());
  }

  private Scorer warm(Device device) {
    Scorer fresh = opening.apply(device);
    try {
      fresh.warmUp();
      return fresh;
    } catch (RuntimeException | Error e) {
      fresh.close();
      throw e;
    }
  }
}
