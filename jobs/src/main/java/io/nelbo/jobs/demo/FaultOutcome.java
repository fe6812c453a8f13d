package io.nelbo.jobs.demo;

import java.time.Duration;
import java.util.Optional;

/**
 * What became of one planted fault.
 *
 * @param delay from the fault's start to the start of the episode that found it; empty if missed
 */
record FaultOutcome(PlantedFault fault, Optional<Duration> delay) {
  boolean found() {
    return delay.isPresent();
  }
}
