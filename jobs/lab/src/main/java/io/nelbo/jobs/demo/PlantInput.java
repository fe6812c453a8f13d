package io.nelbo.jobs.demo;

import io.nelbo.jobs.demo.feed.ReadingBytes;
import io.nelbo.jobs.demo.judge.Phase;
import io.nelbo.jobs.demo.plant.PlantConfig;
import io.nelbo.jobs.demo.plant.Sensors;
import io.nelbo.jobs.demo.plant.SimulatedPlant;
import io.nelbo.jobs.demo.view.LiveView;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** Turns a simulated plant into the input of a run. */
public final class PlantInput {
  private static final Duration ACTIVATION_DELAY = Duration.ofMinutes(30);
  private static final Duration EPISODE_GAP = Duration.ofHours(1);
  private static final double FALSE_ALARM_RATE = 1e-3;
  private static final double FEEDING_SHARE = 0.8;
  private static final Duration SLIDE = Duration.ofDays(1);
  private static final int SLIDES_PER_SPAN = 2;

  private static final int PUMPS_FOR_TWO = 8;
  private static final Duration LEAST_LENGTH_TO_CHANGE = Duration.ofDays(5);

  private static final Duration UNLIMITED = Duration.ofDays(1);

  private PlantInput() {}

  /**
   * @param steps gradient steps of the training at most
   * @param speed simulated seconds per second of wall time; 0 fits the plant's time into the
   *     duration
   * @param duration wall time of the feeding: at most with a speed of its own, else on a machine
   *     that keeps up; a slow one shows the same plant and takes longer
   */
  public static DemoInput of(PlantConfig plant, int steps, double speed, Duration duration) {
    SimulatedPlant simulated = new SimulatedPlant(plant);
    double fitting = plant.length().toSeconds() / (FEEDING_SHARE * duration.toMillis() / 1000.0);
    int rows = plant.pumps() * plant.stepsIn(plant.training());
    DemoConfig config =
        new DemoConfig(
            DemoStream.ofSensors(Sensors.NAMES),
            new DemoConfig.Training(rows, rows, steps, plant.seed()),
            new DemoConfig.Gaps(plant.training(), plant.training()),
            new DemoConfig.Retraining(SLIDE.multipliedBy(SLIDES_PER_SPAN), SLIDE, ACTIVATION_DELAY),
            new DemoConfig.Alerting(FALSE_ALARM_RATE, EPISODE_GAP),
            plant.pumps() < PUMPS_FOR_TWO ? 1 : 2);
    return new DemoInput(
        config,
        new DemoInput.Feed(
            new ReadingBytes(simulated.ticks()),
            speed > 0 ? speed : fitting,
            speed > 0 ? duration : UNLIMITED),
        new DemoInput.Series(plant.pumps(), plant.stepsIn(Duration.ofDays(1))),
        borders(plant),
        Optional.empty(),
        new DemoInput.Script(
            simulated.faults(),
            plant.change().map(PlantConfig.START::plus),
            phases(plant),
            Optional.empty()),
        notes(plant, simulated.faults().size()));
  }

  /**
   * When a plant of this length changes to another product: in the middle of the slide that holds
   * the middle; empty for a plant that is over before the new normal could be learned and shown.
   */
  public static Optional<Duration> changeIn(Duration length) {
    if (length.compareTo(LEAST_LENGTH_TO_CHANGE) < 0) {
      return Optional.empty();
    }
    long slide = length.dividedBy(2).dividedBy(SLIDE);
    return Optional.of(SLIDE.multipliedBy(slide).plus(SLIDE.dividedBy(2)));
  }

  /** The first model's span and every slide: each gets one decision. */
  private static List<Instant> borders(PlantConfig plant) {
    long slides = plant.length().minus(plant.interval()).dividedBy(SLIDE);
    return Stream.concat(
            Stream.of(plant.training()),
            LongStream.rangeClosed(1, slides).mapToObj(SLIDE::multipliedBy))
        .sorted()
        .map(PlantConfig.START::plus)
        .toList();
  }

  private static List<Phase> phases(PlantConfig plant) {
    Instant end = PlantConfig.START.plus(plant.length());
    if (plant.change().isEmpty()) {
      return List.of(new Phase("the whole time", PlantConfig.START, end));
    }
    Instant change = PlantConfig.START.plus(plant.change().get());
    return List.of(
        new Phase("before the change", PlantConfig.START, change),
        new Phase("after the change", change, end));
  }

  private static List<String> notes(PlantConfig plant, int faults) {
    List<String> notes = new ArrayList<>();
    notes.add(
        "%d pumps, %d sensors each, %s simulated days; the first %s train, then %d faults"
            .formatted(
                plant.pumps(),
                Sensors.COUNT,
                LiveView.digits(days(plant.length())),
                LiveView.digits(days(plant.training())),
                faults));
    plant
        .change()
        .ifPresent(
            at ->
                notes.add(
                    "They age, and after %s days all of them get another product: a new normal"
                        .formatted(LiveView.digits(days(at)))));
    return notes;
  }

  private static double days(Duration duration) {
    return duration.toMinutes() / 1440.0;
  }
}
