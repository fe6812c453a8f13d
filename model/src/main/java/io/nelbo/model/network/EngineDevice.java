package io.nelbo.model.network;

import static io.nelbo.model.Preconditions.requireArgument;

import ai.djl.Device;
import ai.djl.engine.Engine;

/** The user's word for a device, in the engine's terms. */
public final class EngineDevice {
  private EngineDevice() {}

  /**
   * Whether the engine has it.
   *
   * @throws IllegalArgumentException when it does not
   */
  public static void require(String name) {
    named(name);
  }

  /**
   * @param name {@code cpu}, {@code gpu:<index>}, {@code gpu} for the first GPU, or {@code auto}
   *     for the first GPU that the engine sees, else the CPU
   * @throws IllegalArgumentException when it is none of these, or the engine has no such GPU
   */
  public static Device named(String name) {
    if (name.equals("cpu")) {
      return Device.cpu();
    }
    int gpus = Engine.getInstance().getGpuCount();
    if (name.equals("auto")) {
      return gpus > 0 ? Device.gpu(0) : Device.cpu();
    }
    requireArgument(
        name.matches("gpu(:[0-9]{1,3})?"),
        "device must be auto, cpu, gpu or gpu:<index>, got %s",
        name);
    int index = name.equals("gpu") ? 0 : Integer.parseInt(name.substring("gpu:".length()));
    requireArgument(index < gpus, "device %s does not exist: the engine sees %s GPUs", name, gpus);
    return Device.gpu(index);
  }
}
