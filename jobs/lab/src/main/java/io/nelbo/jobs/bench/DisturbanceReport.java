package io.nelbo.jobs.bench;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The score job's speed beside each disturbance, over its speed alone in the same session. */
public final class DisturbanceReport {
  private final BacklogPlan plan;
  private final Map<Disturbance, List<BenchRun>> runs;
  private final Map<Disturbance, Long> events;

  DisturbanceReport(
      BacklogPlan plan, Map<Disturbance, List<BenchRun>> runs, Map<Disturbance, Long> events) {
    this.plan = plan;
    this.runs = new EnumMap<>(runs);
    this.events = new EnumMap<>(events);
  }

  /** Keys in the order in which they are printed. */
  public Map<String, Object> asMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    double alone = recordsPerSecond(Disturbance.NONE);
    for (Disturbance disturbance : Disturbance.values()) {
      String label = disturbance.label();
      map.put(label + "_records_per_second", recordsPerSecond(disturbance));
      if (disturbance != Disturbance.NONE) {
        map.put(label + "_ratio", recordsPerSecond(disturbance) / alone);
        map.put(label + "_events", events.getOrDefault(disturbance, 0L));
      }
      map.put(
          label + "_runs",
          runs.getOrDefault(disturbance, List.of()).stream()
              .map(BenchRun::recordsPerSecond)
              .toList());
    }
    plan.describe(map);
    return map;
  }

  private double recordsPerSecond(Disturbance disturbance) {
    return BenchReport.median(
        runs.getOrDefault(disturbance, List.of()), BenchRun::recordsPerSecond);
  }
}
