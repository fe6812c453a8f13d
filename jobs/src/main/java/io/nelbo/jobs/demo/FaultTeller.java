package io.nelbo.jobs.demo;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/** Tells the viewer when planted faults begin and end, as simulated time passes. */
final class FaultTeller {
  private final LiveView view;
  private final List<PlantedFault> byStart;
  private final List<PlantedFault> byEnd;
  private int begun;
  private int over;

  FaultTeller(LiveView view, List<PlantedFault> faults) {
    this.view = view;
    this.byStart = faults.stream().sorted(Comparator.comparing(PlantedFault::start)).toList();
    this.byEnd = faults.stream().sorted(Comparator.comparing(PlantedFault::end)).toList();
  }

  /** Tells what has happened until {@code now}, in order of time. */
  void advance(Instant now) {
    while (true) {
      boolean starts = begun < byStart.size() && !byStart.get(begun).start().isAfter(now);
      boolean ends = over < byEnd.size() && !byEnd.get(over).end().isAfter(now);
      if (!starts && !ends) {
        return;
      }
      if (starts && (!ends || !byStart.get(begun).start().isAfter(byEnd.get(over).end()))) {
        view.faultBegins(byStart.get(begun++));
      } else {
        view.faultEnds(byEnd.get(over++));
      }
    }
  }
}
