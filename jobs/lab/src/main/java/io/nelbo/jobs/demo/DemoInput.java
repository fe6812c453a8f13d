package io.nelbo.jobs.demo;

import io.nelbo.jobs.demo.csv.TrainingPart;
import io.nelbo.jobs.demo.feed.FeedRecord;
import io.nelbo.jobs.demo.judge.Phase;
import io.nelbo.jobs.demo.line.LineScript;
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
 * @param feed the records
 * @param series whose they are
 * @param borders ends of spans that training decides about, in order
 * @param training what becomes of the rows before the first border; empty where all train
 * @param script what the user's own data do not tell
 * @param notes what the user should know beforehand
 */
public record DemoInput(
    DemoConfig config,
    Feed feed,
    Series series,
    List<Instant> borders,
    Optional<TrainingPart> training,
    Script script,
    List<String> notes) {
  /**
   * @param ticks records of one instant each, in order of time
   * @param speed simulated seconds per second of wall time; infinite feeds as fast as it goes
   * @param duration wall time after which feeding stops
   */
  public record Feed(Iterator<List<FeedRecord>> ticks, double speed, Duration duration) {}

  /**
   * @param count how many there are
   * @param readingsPerDay of one
   */
  public record Series(int count, double readingsPerDay) {}

  /**
   * What happens in simulated data.
   *
   * @param faults planted in them
   * @param change when a new normal begins; empty for never
   * @param phases parts of the run in which retraining is compared with keeping the first model;
   *     empty for no comparison
   * @param line what the frames show; empty where records are no frames
   */
  public record Script(
      List<PlantedFault> faults,
      Optional<Instant> change,
      List<Phase> phases,
      Optional<LineScript> line) {
    /** Nothing is known of them. */
    public static final Script UNKNOWN =
        new Script(List.of(), Optional.empty(), List.of(), Optional.empty());

    /** Of a line. */
    static Script of(LineScript line) {
      return new Script(List.of(), Optional.of(line.plan().change()), List.of(), Optional.of(line));
    }

    public Script {
      faults = List.copyOf(faults);
      phases = List.copyOf(phases);
    }
  }

  public DemoInput {
    borders = List.copyOf(borders);
    notes = List.copyOf(notes);
  }

  /** The same with models of another family. */
  public DemoInput ofFamily(String family) {
    return new DemoInput(config.withFamily(family), feed, series, borders, training, script, notes);
  }
}
