package io.nelbo.jobs.config;

import java.io.Serializable;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Stream;

/** The circumstances of a record: the model sees them, but does not judge them. */
public record ContextConfig(
    @Setting(
            means =
                "names of further fields that the model sees but does not judge, such as load or"
                    + " mode")
        List<String> fields,
    @Setting(
            means =
                "hour-of-day and day-of-week: taken from the event time, seen by the model but not"
                    + " judged")
        List<String> calendar,
    @Setting(means = "time zone of the calendar, like Europe/Berlin", fallback = "UTC")
        String timeZone)
    implements Serializable {
  public ContextConfig {
    fields = List.copyOf(fields);
    calendar = List.copyOf(calendar);
  }

  /** No context at all. */
  public static ContextConfig none() {
    return new ContextConfig(List.of(), List.of(), "UTC");
  }

  /** What the calendar tells, in the order of the configuration. */
  public List<CalendarCycle> cycles() {
    return calendar.stream().flatMap(name -> CalendarCycle.named(name).stream()).toList();
  }

  /** Time zone of the calendar. */
  public ZoneId zone() {
    return ZoneId.of(timeZone);
  }

  /** Values of a record that are context. */
  public int size() {
    return fields.size() + 2 * calendar.size();
  }

  /** Sine and cosine of each cycle by name; the time zone is part of what they mean. */
  List<String> cycleNames() {
    return cycles().stream()
        .flatMap(cycle -> Stream.of("sine", "cosine").map(wave -> name(wave, cycle)))
        .toList();
  }

  private String name(String wave, CalendarCycle cycle) {
    return "%s of %s in %s".formatted(wave, cycle.settingName(), timeZone);
  }
}
