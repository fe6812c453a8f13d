package io.nelbo.jobs.demo.judge;

import io.nelbo.jobs.demo.plant.PlantedFault;
import java.time.Instant;
import java.util.List;

/**
 * A run of anomalies of one series, as the anomalies topic told it.
 *
 * @param start event time of its first anomaly
 * @param end event time of its last anomaly, inclusive; while it goes on, of the last announced
 * @param blamed features that the opening event named, worst first
 */
public record DetectedEpisode(String series, Instant start, Instant end, List<String> blamed) {
  public DetectedEpisode {
    blamed = List.copyOf(blamed);
  }

  public boolean overlaps(PlantedFault fault) {
    return series.equals(fault.series())
        && start.isBefore(fault.foundUntil())
        && !end.isBefore(fault.start());
  }

  /** Whether it was open already when the fault began, and went on: it opens none of its own. */
  boolean covers(PlantedFault fault) {
    return overlaps(fault) && start.isBefore(fault.start());
  }
}
