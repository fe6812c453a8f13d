package io.nelbo.model.measure;

/**
 * Nanoseconds by stage.
 *
 * @param sending from Java's memory to the device; on the CPU the engine reads in place
 * @param computing on the device
 * @param receiving from the device to Java's memory
 * @param java packing before, and sums behind
 */
public record StageTimes(long sending, long computing, long receiving, long java) {
  /** Together with those of other calls. */
  public StageTimes plus(StageTimes other) {
    return new StageTimes(
        sending + other.sending,
        computing + other.computing,
        receiving + other.receiving,
        java + other.java);
  }
}
