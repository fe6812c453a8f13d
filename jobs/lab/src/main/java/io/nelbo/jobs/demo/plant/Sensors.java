package io.nelbo.jobs.demo.plant;

import java.util.List;

/** The eight sensors of every simulated pump, in the order of a reading's values. */
public final class Sensors {
  static final int FLOW = 0;
  static final int DISCHARGE_PRESSURE = 1;
  static final int MOTOR_CURRENT = 2;
  static final int MOTOR_POWER = 3;
  static final int BEARING_TEMPERATURE = 4;
  static final int MOTOR_TEMPERATURE = 5;
  static final int VIBRATION_HORIZONTAL = 6;
  static final int VIBRATION_VERTICAL = 7;
  public static final int COUNT = 8;

  public static final List<String> NAMES =
      List.of(
          "flow_m3_per_h",
          "discharge_pressure_bar",
          "motor_current_ampere",
          "motor_power_kilowatt",
          "bearing_temperature_celsius",
          "motor_temperature_celsius",
          "vibration_horizontal_mm_per_s",
          "vibration_vertical_mm_per_s");

  private Sensors() {}
}
