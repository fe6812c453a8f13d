package io.nelbo.jobs.demo.judge;

import io.nelbo.jobs.demo.plant.PlantedFault;
import java.time.Duration;
import java.util.Optional;

/**
 * What became of one planted fault.
 *
 * @param delay from the fault's start to the start of the episode that found it; empty if missed
 */
public record FaultOutcome(PlantedFault fault, Optional<Duration> delay) {
  public boolean found() {
    return delay.isPresent();
  }
}
