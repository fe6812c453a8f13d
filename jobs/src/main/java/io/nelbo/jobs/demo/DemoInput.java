package io.nelbo.jobs.demo;

import io.nelbo.jobs.demo.feed.Reading;
import io.nelbo.jobs.demo.plant.PlantedFault;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;

/**
 * What a run is fed with, simulated or the user's own.
 *
 * @param config features, training and alerting
 * @param ticks readings of one instant each, in order of time
 * @param faults planted in them; empty for the user's own data
 * @param border end of the span that the first model trains on
 * @param end time of the last reading
 * @param speed simulated seconds per second of wall time; infinite feeds as fast as it goes
 * @param duration wall time after which feeding stops
 * @param series how many there are
 * @param notes what the user should know beforehand
 */
public record DemoInput(
    DemoConfig config,
    Iterator<List<Reading>> ticks,
    List<PlantedFault> faults,
    Instant border,
    Instant end,
    double speed,
    Duration duration,
    int series,
    List<String> notes) {
  public DemoInput {
    faults = List.copyOf(faults);
    notes = List.copyOf(notes);
  }
}
