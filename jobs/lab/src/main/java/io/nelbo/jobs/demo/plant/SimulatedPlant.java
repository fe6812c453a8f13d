package io.nelbo.jobs.demo.plant;

import io.nelbo.jobs.demo.feed.Reading;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * A plant of pumps, simulated once from a seed, with faults planted after the training span. It
 * ages, and may change to another product: a new normal for all pumps at once. The same
 * configuration gives the same readings, bit for bit; there is no clock.
 *
 * <p>All readings are held: about 1 MB per simulated day of 12 pumps at 30 seconds.
 */
public final class SimulatedPlant {
  private static final double SECONDS_PER_DAY = 86_400;

  private final PlantConfig config;
  private final List<String> names;
  private final List<float[][]> readings;
  private final boolean[][] faulty;
  private final List<PlantedFault> faults;

  public SimulatedPlant(PlantConfig config) {
    this.config = config;
    this.names = IntStream.range(0, config.pumps()).mapToObj(SimulatedPlant::nameOf).toList();
    this.readings = simulate(config);
    FaultPlanner planner = new FaultPlanner(config, readings);
    this.faults = planner.plant();
    this.faulty = planner.faulty();
  }

  /** The healthy readings of every pump, before any fault: {@code [step][sensor]} each. */
  static List<float[][]> simulate(PlantConfig config) {
    SplittableRandom seeds = new SplittableRandom(config.seed());
    int warmUp = config.stepsIn(Duration.ofHours(6));
    double[] ambient = ambient(config, warmUp, seeds.nextLong());
    double change = config.change().map(at -> at.toMillis() / 1000.0).orElse(Double.MAX_VALUE);
    return IntStream.range(0, config.pumps())
        .mapToObj(pump -> new PumpSimulation(seeds.nextLong(), config.interval(), change))
        .map(pump -> pump.run(ambient, warmUp))
        .toList();
  }

  /** Air temperature of the hall: a day curve and a little weather, the same for all pumps. */
  private static double[] ambient(PlantConfig config, int warmUp, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double dt = config.interval().toMillis() / 1000.0;
    double kept = Math.exp(-dt / 7_200);
    double weather = 0;
    double[] celsius = new double[warmUp + config.stepsIn(config.length())];
    for (int step = 0; step < celsius.length; step++) {
      weather = kept * weather + 0.4 * Math.sqrt(1 - kept * kept) * random.nextGaussian();
      double day = (step - warmUp) * dt / SECONDS_PER_DAY;
      celsius[step] = 19 + 2.5 * Math.sin(2 * Math.PI * (day - 0.375)) + weather;
    }
    return celsius;
  }

  /** {@code pump-01}, {@code pump-02}, ... */
  static String nameOf(int pump) {
    return "pump-%02d".formatted(pump + 1);
  }

  int steps() {
    return config.stepsIn(config.length());
  }

  /** One reading of every pump, all at the same time. */
  public List<Reading> readings(int step) {
    List<Reading> tick = new ArrayList<>(config.pumps());
    for (int pump = 0; pump < config.pumps(); pump++) {
      tick.add(
          new Reading(
              names.get(pump),
              config.timeOf(step),
              readings.get(pump)[step].clone(),
              Optional.of(faulty[pump][step])));
    }
    return tick;
  }

  /** All ticks in order of time. */
  public Iterator<List<Reading>> ticks() {
    return IntStream.range(0, steps()).mapToObj(this::readings).iterator();
  }

  /** In order of their start. */
  public List<PlantedFault> faults() {
    return faults;
  }
}
