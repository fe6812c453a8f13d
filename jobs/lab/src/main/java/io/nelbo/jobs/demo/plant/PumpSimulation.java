package io.nelbo.jobs.demo.plant;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * One healthy pump: a few hidden causes drive eight sensors, so that each sensor ranges widely on
 * its own while any of them can be told from the others.
 *
 * <p>Hidden are the speed (load steps around a day curve, approached with a lag, with a jitter),
 * the resistance of the pipes (a slow mean-reverting walk) and the heat stored in motor and bearing
 * (first-order lags behind power and ambient temperature). Gains and offsets of the sensors are the
 * pump's own.
 *
 * <p>The pump wears, faster or slower than others: from day to day it takes a little more power for
 * the same work and shakes a little more. When the plant changes to another product, which reaches
 * the pump within minutes, the load is set lower, pressure and power follow the density of the
 * denser product, the bearing takes on its warmth, and it damps the vibration.
 *
 * <p>Everything follows from the seed; there is no clock.
 */
final class PumpSimulation {
  private static final double SECONDS_PER_DAY = 86_400;
  private static final double SPEED_LAG_SECONDS = 180;
  private static final double JITTER_SECONDS = 300;
  private static final double RESISTANCE_SECONDS = 1_800;
  private static final double MOTOR_HEAT_SECONDS = 900;
  private static final double BEARING_HEAT_SECONDS = 480;
  private static final double SHORTEST_HOLD_SECONDS = 600;
  private static final double MEAN_EXTRA_HOLD_SECONDS = 600;
  private static final int LEVELS = 5;
  private static final double MEASUREMENT_NOISE = 0.013;
  private static final double TEMPERATURE_NOISE_CELSIUS = 0.25;

  /** Share by which a pump loses efficiency in a day; vibration grows by as much. */
  private static final double WEAR_PER_DAY = 0.003;

  private static final double PRODUCT_SECONDS = 600;
  private static final double DENSER = 0.15;
  private static final double LOWER_LOAD = 0.05;
  private static final double WARMER_CELSIUS = 4;
  private static final double DAMPED = 0.1;

  private final SplittableRandom random;
  private final double dt;
  private final double changeSeconds;
  private final double wearPerDay;
  private final double[] gain = new double[Sensors.COUNT];
  private final double[] offset = new double[Sensors.COUNT];

  private final List<Integer> round = new ArrayList<>();
  private double target;
  private double holdSeconds;
  private double speed;
  private double jitter;
  private double resistanceWalk;
  private double resistance;
  private double motorCelsius;
  private double bearingCelsius;
  private double product;
  private double wear;

  /**
   * @param changeSeconds when the other product comes, from the first reading; infinite for never
   */
  PumpSimulation(long seed, Duration interval, double changeSeconds) {
    this.random = new SplittableRandom(seed);
    this.dt = interval.toMillis() / 1000.0;
    this.changeSeconds = changeSeconds;
    double[] typical = {120, 6, 60, 32, 1, 1, 3.2, 2.6};
    for (int i = 0; i < Sensors.COUNT; i++) {
      gain[i] = typical[i] * (0.75 + 0.5 * random.nextDouble());
      offset[i] = typical[i] * 0.15 * random.nextDouble();
    }
    wearPerDay = WEAR_PER_DAY * (0.5 + random.nextDouble());
    speed = 0.6;
    motorCelsius = 50;
    bearingCelsius = 40;
  }

  /**
   * The readings of {@code ambientCelsius.length - warmUp} steps, one row per step, one column per
   * sensor.
   *
   * @param ambientCelsius one value per step, the steps of the warm-up first
   * @param warmUp steps that are simulated and thrown away
   */
  float[][] run(double[] ambientCelsius, int warmUp) {
    float[][] readings = new float[ambientCelsius.length - warmUp][];
    for (int step = 0; step < ambientCelsius.length; step++) {
      advance((step - warmUp) * dt, ambientCelsius[step]);
      float[] measured = measure();
      if (step >= warmUp) {
        readings[step - warmUp] = measured;
      }
    }
    return readings;
  }

  private void advance(double seconds, double ambient) {
    wear = wearPerDay * Math.max(0, seconds) / SECONDS_PER_DAY;
    if (seconds >= changeSeconds) {
      product += (1 - product) * share(PRODUCT_SECONDS);
    }
    holdSeconds -= dt;
    if (holdSeconds <= 0) {
      holdSeconds =
          SHORTEST_HOLD_SECONDS - MEAN_EXTRA_HOLD_SECONDS * Math.log(1 - random.nextDouble());
      double day = Math.sin(2 * Math.PI * (seconds / SECONDS_PER_DAY - 1.0 / 3));
      target = 0.64 - LOWER_LOAD * product + 0.06 * day + 0.3 * nextLevel();
    }
    speed += (target - speed) * share(SPEED_LAG_SECONDS);
    jitter = walk(jitter, JITTER_SECONDS, 0.015);
    resistanceWalk = walk(resistanceWalk, RESISTANCE_SECONDS, 1);
    resistance = 0.18 * Math.tanh(0.8 * resistanceWalk); // a valve has two ends
    motorCelsius += (ambient + 45 * power() - motorCelsius) * share(MOTOR_HEAT_SECONDS);
    double bearing =
        0.45 * ambient + 0.55 * motorCelsius + 14 * turning() + WARMER_CELSIUS * product;
    bearingCelsius += (bearing - bearingCelsius) * share(BEARING_HEAT_SECONDS);
  }

  /** The next load level, -1 to 1: every round visits all levels once, in another order. */
  private double nextLevel() {
    if (round.isEmpty()) {
      IntStream.range(0, LEVELS).forEach(round::add);
    }
    int level = round.remove(random.nextInt(round.size()));
    return (level + random.nextDouble()) * 2 / LEVELS - 1;
  }

  /** Share of the way to its goal that a first-order lag covers in one step. */
  private double share(double lagSeconds) {
    return 1 - Math.exp(-dt / lagSeconds);
  }

  /** One step of an Ornstein-Uhlenbeck walk around zero with the given stationary deviation. */
  private double walk(double value, double memorySeconds, double deviation) {
    double kept = Math.exp(-dt / memorySeconds);
    return kept * value + deviation * Math.sqrt(1 - kept * kept) * random.nextGaussian();
  }

  private double turning() {
    return speed + jitter;
  }

  private double flow() {
    return turning() * (1 - 0.35 * resistance);
  }

  private double pressure() {
    double head = (0.2 + 0.8 * turning() * turning()) * (1 + 0.55 * resistance);
    return head * (1 + DENSER * product);
  }

  private double power() {
    return 0.12 + 0.95 * flow() * pressure() / (1 - wear);
  }

  private float[] measure() {
    double even = 0.15 + 0.85 * turning() * turning() + 0.2 * resistance;
    double rough = even * (1 + wear) * (1 - DAMPED * product);
    double[] ideal = {
      flow(),
      pressure(),
      0.22 + 0.78 * power(),
      power(),
      bearingCelsius,
      motorCelsius,
      rough,
      0.1 + 0.9 * rough
    };
    float[] values = new float[Sensors.COUNT];
    for (int i = 0; i < Sensors.COUNT; i++) {
      boolean thermal = i == Sensors.BEARING_TEMPERATURE || i == Sensors.MOTOR_TEMPERATURE;
      double noise =
          (thermal ? TEMPERATURE_NOISE_CELSIUS : MEASUREMENT_NOISE) * random.nextGaussian();
      values[i] = (float) (offset[i] + gain[i] * (ideal[i] + noise));
    }
    return values;
  }
}
