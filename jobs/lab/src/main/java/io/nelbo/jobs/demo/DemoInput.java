package io.nelbo.jobs.demo;

import io.nelbo.jobs.demo.csv.TrainingPart;
import io.nelbo.jobs.demo.feed.Reading;
import io.nelbo.jobs.demo.judge.Phase;
import io.nelbo.jobs.demo.plant.PlantedFault;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * What a run is fed with, simulated or the user's own.
 *
 * @param config features, training and alerting
 * @param ticks readings of one instant each, in order of time
 * @param faults planted in them; empty for the user's own data
 * @param borders ends of spans that training decides about, in order
 * @param training what becomes of the rows before the first border; empty where all train
 * @param change when a new normal begins; empty for never, or not known
 * @param phases parts of the run in which retraining is compared with keeping the first model;
 *     empty for no comparison
 * @param readingsPerDay of one series
 * @param speed simulated seconds per second of wall time; infinite feeds as fast as it goes
 * @param duration wall time after which feeding stops
 * @param series how many there are
 * @param notes what the user should know beforehand
 */
public record DemoInput(
    DemoConfig config,
    Iterator<List<Reading>> ticks,
    List<PlantedFault> faults,
    List<Instant> borders,
    Optional<TrainingPart> training,
    Optional<Instant> change,
    List<Phase> phases,
    double readingsPerDay,
    double speed,
    Duration duration,
    int series,
    List<String> notes) {
  public DemoInput {
    faults = List.copyOf(faults);
    borders = List.copyOf(borders);
    phases = List.copyOf(phases);
    notes = List.copyOf(notes);
  }

  /** The same with models of another family. */
  public DemoInput ofFamily(String family) {
    return new DemoInput(
        config.withFamily(family),
        ticks,
        faults,
        borders,
        training,
        change,
        phases,
        readingsPerDay,
        speed,
        duration,
        series,
        notes);
  }
}
