package io.nelbo.model.network;

import ai.djl.Device;
import ai.djl.engine.Engine;
import java.util.List;

/** The user's word for a device, in the engine's terms. */
public final class EngineDevice {
  private EngineDevice() {}

  /**
   * Chooses among the devices of this machine, see {@link DeviceChoice#of}.
   *
   * @throws IllegalArgumentException when the engine has no such device
   */
  public static DeviceChoice choose(String name, List<Integer> assigned, int turn) {
    return DeviceChoice.of(name, assigned, turn, Engine.getInstance().getGpuCount());
  }

  /**
   * @param name {@code cpu}, {@code gpu:<index>}, {@code gpu} for the first GPU, or {@code auto}
   *     for the first GPU that the engine sees, else the CPU
   * @throws IllegalArgumentException when it is none of these, or the engine has no such GPU
   */
  public static Device named(String name) {
    return Device.fromName(choose(name, List.of(), 0).device());
  }
}
