package io.nelbo.jobs.config;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What comes back with the calendar. */
public enum CalendarCycle {
  /** 24 hours on the wall clock, to the millisecond. */
  HOUR_OF_DAY,
  /** Seven days; the same from midnight to midnight. */
  DAY_OF_WEEK;

  /** As the file writes it. */
  String settingName() {
    return SettingKey.kebab(name());
  }

  /** Empty if there is none of this name. */
  static Optional<CalendarCycle> named(String settingName) {
    return Arrays.stream(values())
        .filter(cycle -> cycle.settingName().equals(settingName))
        .findFirst();
  }

  static List<String> settingNames() {
    return Arrays.stream(values()).map(CalendarCycle::settingName).toList();
  }
}
