package io.nelbo.jobs.demo.plant;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A fault that was put into the stream on purpose; the truth that the demo is judged by.
 *
 * @param kind what is wrong
 * @param series the pump
 * @param sensors names of the sensors to blame
 * @param start time of its first reading, inclusive; for a drift, when it starts to move
 * @param end exclusive
 * @param sizeSigmas largest departure from the truth, in the sensor's own standard deviations over
 *     the pump's normal history in that regime
 * @param insideNormalRange whether every reading of the fault stays, for every sensor, between the
 *     least and the greatest value of the pump's normal history: no limit per sensor could find it
 */
public record PlantedFault(
    FaultKind kind,
    String series,
    List<String> sensors,
    Instant start,
    Instant end,
    double sizeSigmas,
    boolean insideNormalRange) {
  public PlantedFault {
    sensors = List.copyOf(sensors);
  }

  public Duration length() {
    return Duration.between(start, end);
  }

  /** Until when an episode may start and still count as this fault: a tenth of its length later. */
  public Instant foundUntil() {
    return end.plus(length().dividedBy(10));
  }
}
