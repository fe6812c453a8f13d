package io.nelbo.jobs.demo.judge;

import io.nelbo.jobs.demo.plant.PlantedFault;
import java.time.Duration;
import java.util.Optional;

/**
 * What became of one planted fault.
 *
 * @param delay from the fault's start to the start of the episode that found it; empty if none did
 * @param inOpenAlarm whether none did because an alarm of the series was open already when it began
 *     and went on: people had been called, and not for this
 */
public record FaultOutcome(PlantedFault fault, Optional<Duration> delay, boolean inOpenAlarm) {
  public boolean found() {
    return delay.isPresent();
  }

  /** Nobody was called, for this or anything else. */
  public boolean missed() {
    return !found() && !inOpenAlarm;
  }
}
