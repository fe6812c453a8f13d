package io.nelbo.model.network;

import java.util.ArrayList;
import java.util.List;

/**
 * Where is computed, and why there.
 *
 * @param device {@code cpu} or {@code gpu:<index>}
 * @param reason for people, to be read behind the device's name
 */
public record DeviceChoice(String device, String reason) {
  private static final String CPU = "cpu";
  private static final String GPU = "gpu";

  /**
   * Chooses among assigned GPUs by turns, else takes the first one that there is, else the CPU. An
   * assigned GPU that the engine does not see is passed over: where this process is shown only some
   * of the machine's GPUs, the engine counts them anew.
   *
   * @param asked {@code auto}, {@code cpu}, {@code gpu} or {@code gpu:<index>}
   * @param assigned indices of the GPUs that were set aside for this process; none when nobody did
   * @param turn whose turn it is among those that share the assigned GPUs, from 0 on
   * @param gpus how many the engine sees
   * @throws IllegalArgumentException when it is none of these words, or such a GPU is not there or
   *     was set aside for others; names everything that speaks against it
   */
  public static DeviceChoice of(String asked, List<Integer> assigned, int turn, int gpus) {
    if (asked.equals(CPU)) {
      return new DeviceChoice(CPU, "as configured");
    }
    if (asked.startsWith(GPU + ":")) {
      return indexed(asked, assigned, gpus);
    }
    if (!asked.equals("auto") && !asked.equals(GPU)) {
      throw unknown(asked);
    }
    List<Integer> usable = assigned.stream().filter(index -> index < gpus).sorted().toList();
    if (!usable.isEmpty()) {
      return new DeviceChoice(
          gpu(usable.get(turn % usable.size())), "GPUs %s were assigned".formatted(assigned));
    }
    if (gpus > 0) {
      return new DeviceChoice(
          gpu(0), "the first of %s that the engine sees; %s".formatted(gpus, missing(assigned)));
    }
    if (asked.equals(GPU)) {
      throw new IllegalArgumentException(
          "device gpu does not exist: the engine sees 0 GPUs; " + missing(assigned));
    }
    return new DeviceChoice(CPU, "the engine sees no GPU; " + missing(assigned));
  }

  private static DeviceChoice indexed(String asked, List<Integer> assigned, int gpus) {
    if (!asked.matches("gpu:[0-9]{1,3}")) {
      throw unknown(asked);
    }
    int index = Integer.parseInt(asked.substring((GPU + ":").length()));
    List<String> problems = new ArrayList<>();
    if (index >= gpus) {
      problems.add("device %s does not exist: the engine sees %s GPUs".formatted(asked, gpus));
    }
    if (!assigned.isEmpty() && !assigned.contains(index)) {
      problems.add("GPUs %s were assigned, %s was not".formatted(assigned, asked));
    }
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", problems));
    }
    return new DeviceChoice(gpu(index), "as configured");
  }

  private static String missing(List<Integer> assigned) {
    return assigned.isEmpty()
        ? "none was assigned"
        : "GPUs %s were assigned, the engine sees none of these".formatted(assigned);
  }

  private static String gpu(int index) {
    return GPU + ":" + index;
  }

  private static IllegalArgumentException unknown(String asked) {
    return new IllegalArgumentException(
        "device must be auto, cpu, gpu or gpu:<index>, got " + asked);
  }
}
