package io.nelbo.jobs.demo.plant;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Plants faults into healthy readings: every kind in turn, spread over the time after the training
 * span and over the pumps, never two at once on a pump, with time to recover in between.
 *
 * <p>What is normal is taken from the training span, and from the time after a change of regime for
 * the faults that lie there. A place is refused where the fault would not be one: a sensor that is
 * stuck while its truth stands still says nothing wrong. Three of five are asked to stay inside the
 * normal range of every sensor; whether a fault does is then computed from its readings, not
 * assumed.
 */
final class FaultPlanner {
  private static final double FAULTS_PER_SERIES_DAY = 0.4;
  private static final int ATTEMPTS = 400;
  private static final double LEAST_DEPARTURE = 2.0;
  private static final double GREATEST_DEPARTURE = 4.0;
  private static final Duration RECOVERY = Duration.ofMinutes(90);
  private static final Duration TAIL = Duration.ofMinutes(30);

  private final PlantConfig config;
  private final List<float[][]> readings;
  private final List<NormalHistory> histories;
  private final List<NormalHistory> historiesAfter;
  private final int change;
  private final boolean[][] faulty;
  private final SplittableRandom random;

  /**
   * @param readings healthy ones per pump, {@code [step][sensor]}; {@link #plant} changes them
   */
  FaultPlanner(PlantConfig config, List<float[][]> readings) {
    this.config = config;
    this.readings = readings;
    int trainingSteps = config.stepsIn(config.training());
    int all = config.stepsIn(config.length());
    this.change = config.change().map(config::stepsIn).orElse(Integer.MAX_VALUE);
    this.histories = readings.stream().map(r -> new NormalHistory(r, 0, trainingSteps)).toList();
    this.historiesAfter =
        config.change().isEmpty()
            ? histories
            : readings.stream().map(r -> new NormalHistory(r, change, all)).toList();
    this.faulty = new boolean[config.pumps()][all];
    this.random = new SplittableRandom(config.seed() ^ 0x5DEECE66DL);
  }

  /** Which readings a fault has touched: {@code [pump][step]}. */
  boolean[][] faulty() {
    return faulty;
  }

  /** Changes the readings and says what was changed, in order of start. */
  List<PlantedFault> plant() {
    Duration after = config.length().minus(config.training());
    double seriesDays = config.pumps() * (after.toMinutes() / 1440.0);
    List<FaultKind> kinds = List.of(FaultKind.values());
    int count = Math.max(kinds.size(), (int) Math.round(FAULTS_PER_SERIES_DAY * seriesDays));
    int[] slots = shuffled(count);
    List<PlantedFault> faults = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      place(kinds.get(i % kinds.size()), slots[i], count).ifPresent(faults::add);
    }
    faults.sort(Comparator.comparing(PlantedFault::start));
    return List.copyOf(faults);
  }

  private int[] shuffled(int count) {
    int[] order = IntStream.range(0, count).toArray();
    for (int i = count - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int kept = order[i];
      order[i] = order[j];
      order[j] = kept;
    }
    return order;
  }

  private Optional<PlantedFault> place(FaultKind kind, int slot, int slots) {
    // Those that climb for hours leave the range some time; the others can stay within.
    boolean inside = kind != FaultKind.DRIFT && kind != FaultKind.RISING_VIBRATION;
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      FaultShape shape = FaultShape.draw(kind, config.interval(), random);
      int pump = random.nextInt(config.pumps());
      // Late attempts look everywhere rather than give up.
      int start = attempt < ATTEMPTS / 2 ? stepIn(slot, slots, shape) : stepIn(0, 1, shape);
      if (start < 0 || !isFree(pump, start, shape)) {
        continue;
      }
      boolean picky = inside && attempt < ATTEMPTS * 3 / 4;
      Optional<PlantedFault> fault = tryAt(pump, start, shape, picky);
      if (fault.isPresent()) {
        return fault;
      }
    }
    return Optional.empty();
  }

  private int stepIn(int slot, int slots, FaultShape shape) {
    int first = config.stepsIn(config.training().plus(PlantConfig.QUIET));
    int last = config.stepsIn(config.length().minus(TAIL)) - shape.steps();
    int from = first + (int) ((long) (last - first) * slot / slots);
    int to = first + (int) ((long) (last - first) * (slot + 1) / slots);
    return last <= first ? -1 : random.nextInt(from, Math.max(from + 1, to));
  }

  private boolean isFree(int pump, int start, FaultShape shape) {
    int gap = config.stepsIn(RECOVERY);
    int from = start - shape.lagSteps();
    if (from - gap < change && start + shape.steps() + gap > change) {
      return false; // a fault belongs to one regime
    }
    return isHealthy(pump, start - gap, start + shape.steps() + gap)
        && isHealthy(pump, from, from + shape.steps());
  }

  private boolean isHealthy(int pump, int from, int to) {
    for (int step = Math.max(0, from); step < Math.min(faulty[pump].length, to); step++) {
      if (faulty[pump][step]) {
        return false;
      }
    }
    return from >= 0;
  }

  private Optional<PlantedFault> tryAt(int pump, int start, FaultShape shape, boolean picky) {
    float[][] truth = readings.get(pump);
    NormalHistory history = (start < change ? histories : historiesAfter).get(pump);
    float[][] changed = new float[shape.steps()][];
    double departure = 0;
    boolean inside = true;
    boolean possible = true;
    for (int i = 0; i < shape.steps(); i++) {
      changed[i] = truth[start + i].clone();
      for (int sensor : shape.sensors()) {
        double deviation = history.deviation(sensor);
        changed[i][sensor] = shape.apply(truth, start, i, sensor, deviation);
        possible &= changed[i][sensor] >= 0; // none of these sensors can read below zero
        departure =
            Math.max(
                departure, Math.abs(changed[i][sensor] - truth[start + i][sensor]) / deviation);
      }
      inside &= history.contains(changed[i]);
    }
    boolean visible = departure >= LEAST_DEPARTURE && departure <= GREATEST_DEPARTURE + 1e-3;
    if (!visible || !possible || (picky && !inside)) {
      return Optional.empty();
    }
    System.arraycopy(changed, 0, truth, start, shape.steps());
    Arrays.fill(faulty[pump], start, start + shape.steps(), true);
    return Optional.of(
        new PlantedFault(
            shape.kind(),
            SimulatedPlant.nameOf(pump),
            Arrays.stream(shape.sensors()).mapToObj(Sensors.NAMES::get).toList(),
            config.timeOf(start),
            config.timeOf(start + shape.steps()),
            departure,
            inside));
  }
}
