package io.nelbo.jobs.demo.judge;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The model that knows a new normal.
 *
 * @param from event time from which it governs
 * @param took event time since the change
 */
public record Learning(String version, Instant from, Duration took) {
  private static final Duration HOUR = Duration.ofHours(1);

  /** The first that was activated for a change of regime after this one; empty when none was. */
  static Optional<Learning> of(Instant change, List<Decision> decisions) {
    return decisions.stream()
        .filter(decision -> decision.isRegimeChange() && decision.isActivation())
        .flatMap(
            decision ->
                decision
                    .effectiveFrom()
                    .filter(from -> !from.isBefore(change))
                    .map(from -> after(change, from, decision.version()))
                    .stream())
        .findFirst();
  }

  private static Learning after(Instant change, Instant from, String version) {
    return new Learning(version, from, Duration.between(change, from));
  }

  /** The first whole hour that it governs: alarms are counted by the hour. */
  Instant firstHour() {
    long hour = HOUR.toMillis();
    return Instant.ofEpochMilli(-Math.floorDiv(-from.toEpochMilli(), hour) * hour);
  }
}
