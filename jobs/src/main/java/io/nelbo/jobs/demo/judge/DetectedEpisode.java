package io.nelbo.jobs.demo.judge;

import io.nelbo.jobs.demo.plant.PlantedFault;
import java.time.Instant;
import java.util.List;

/**
 * A run of anomalies of one series, as the anomalies topic told it.
 *
 * @param start event time of its first anomaly
 * @param end event time of the last one that was announced, inclusive
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
}
