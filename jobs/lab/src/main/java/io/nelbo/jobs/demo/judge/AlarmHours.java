package io.nelbo.jobs.demo.judge;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Counts the normal readings that alarm, by hour of event time and series.
 *
 * <p>By hours, because a model that no longer fits alarms all the time: as an episode that would be
 * one false alarm, however many days it lasts. One thread only.
 */
final class AlarmHours {
  private static final long HOUR_MILLIS = 3_600_000;

  private static final class Count {
    private long readings;
    private long alarms;
  }

  private final TreeMap<Long, Map<String, Count>> hours = new TreeMap<>();

  void add(String series, Instant time, boolean alarms) {
    Count count =
        hours
            .computeIfAbsent(hourOf(time), hour -> new HashMap<>())
            .computeIfAbsent(series, name -> new Count());
    count.readings++;
    count.alarms += alarms ? 1 : 0;
  }

  /**
   * What was counted over whole hours.
   *
   * @param from its hour is the first
   * @param until its hour is the first that does not count
   */
  AlarmFigures between(Instant from, Instant until) {
    long readings = 0;
    long alarms = 0;
    long hoursWatched = 0;
    long hoursInAlarm = 0;
    for (Map<String, Count> hour : between(hourOf(from), hourOf(until))) {
      for (Count count : hour.values()) {
        readings += count.readings;
        alarms += count.alarms;
        hoursWatched++;
        hoursInAlarm += count.alarms > 0 ? 1 : 0;
      }
    }
    return new AlarmFigures(readings, alarms, hoursWatched, hoursInAlarm);
  }

  private Collection<Map<String, Count>> between(long first, long end) {
    return first >= end ? List.of() : hours.subMap(first, end).values();
  }

  private static long hourOf(Instant time) {
    return Math.floorDiv(time.toEpochMilli(), HOUR_MILLIS);
  }
}
