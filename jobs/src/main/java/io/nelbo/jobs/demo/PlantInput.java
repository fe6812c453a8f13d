package io.nelbo.jobs.demo;

import io.nelbo.jobs.demo.plant.PlantConfig;
import io.nelbo.jobs.demo.plant.Sensors;
import io.nelbo.jobs.demo.plant.SimulatedPlant;
import io.nelbo.jobs.demo.view.LiveView;
import java.time.Duration;
import java.util.List;

/** Turns a simulated plant into the input of a run. */
public final class PlantInput {
  private static final Duration ACTIVATION_DELAY = Duration.ofMinutes(30);
  private static final Duration EPISODE_GAP = Duration.ofHours(1);
  private static final double FALSE_ALARM_RATE = 5e-4;
  private static final double FEEDING_SHARE = 0.8;
  private static final int PUMPS_FOR_TWO = 8;

  private PlantInput() {}

  /**
   * @param steps gradient steps of the training at most
   * @param speed simulated seconds per second of wall time; 0 fits the plant's time into the
   *     duration
   * @param duration wall time of the feeding at most
   */
  public static DemoInput of(PlantConfig plant, int steps, double speed, Duration duration) {
    SimulatedPlant simulated = new SimulatedPlant(plant);
    double fitting = plant.length().toSeconds() / (FEEDING_SHARE * duration.toMillis() / 1000.0);
    DemoConfig config =
        new DemoConfig(
            Sensors.NAMES,
            plant.pumps() * plant.stepsIn(plant.training()),
            plant.training(),
            ACTIVATION_DELAY,
            EPISODE_GAP,
            FALSE_ALARM_RATE,
            plant.pumps() < PUMPS_FOR_TWO ? 1 : 2,
            steps,
            plant.seed());
    String note =
        "%d pumps of %d sensors, %s simulated days; the first %s train, then come %d faults"
            .formatted(
                plant.pumps(),
                Sensors.COUNT,
                LiveView.digits(days(plant.length())),
                LiveView.digits(days(plant.training())),
                simulated.faults().size());
    return new DemoInput(
        config,
        simulated.ticks(),
        simulated.faults(),
        PlantConfig.START.plus(plant.training()),
        PlantConfig.START.plus(plant.length()),
        speed > 0 ? speed : fitting,
        duration,
        plant.pumps(),
        List.of(note));
  }

  private static double days(Duration duration) {
    return duration.toMinutes() / 1440.0;
  }
}
