package io.nelbo.jobs.demo.feed;

import static io.nelbo.model.Preconditions.requireArgument;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * How records are fed.
 *
 * @param speed simulated seconds per second of wall time; infinite feeds as fast as Kafka takes it
 * @param borders slide borders in order; at each, feeding pauses until training has decided
 * @param orderBound how far event time must pass a border before the retrain job closes the span
 * @param decisionTimeout wall time that a decision may take
 * @param settle wall time after a decision, so that the score job has it too
 */
public record FeedPlan(
    double speed,
    List<Instant> borders,
    Duration orderBound,
    Duration decisionTimeout,
    Duration settle) {
  public FeedPlan {
    requireArgument(speed > 0, "speed must be above 0 simulated seconds per second, got %s", speed);
    borders = List.copyOf(borders);
  }
}
