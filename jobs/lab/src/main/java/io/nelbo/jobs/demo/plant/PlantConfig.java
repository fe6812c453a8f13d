package io.nelbo.jobs.demo.plant;

import static io.nelbo.model.Preconditions.requireArgument;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What is simulated.
 *
 * @param seed of everything
 * @param pumps 1 to 999
 * @param interval simulated time between two readings of one pump
 * @param training healthy time at the beginning, for the first model
 * @param length simulated time in all
 * @param change from the start to the moment at which all pumps change to another product; empty
 *     for a plant that stays as it is
 */
public record PlantConfig(
    long seed,
    int pumps,
    Duration interval,
    Duration training,
    Duration length,
    Optional<Duration> change) {
  /** Simulated time begins here, at a midnight. */
  public static final Instant START = Instant.parse("2026-01-05T00:00:00Z");

  /** From the end of the training span to the first fault at the earliest. */
  static final Duration QUIET = Duration.ofHours(2);

  /** Simulated time after {@link #QUIET} that the faults need. */
  static final Duration ROOM = Duration.ofHours(10);

  public PlantConfig {
    requireArgument(pumps >= 1 && pumps <= 999, "pumps must be 1 to 999, got %s", pumps);
    requireArgument(
        interval.toMillis() > 0 && interval.compareTo(Duration.ofMinutes(5)) <= 0,
        "interval must be positive and at most 5 minutes, got %s",
        interval);
    requireArgument(
        length.compareTo(training.plus(QUIET).plus(ROOM)) >= 0,
        "length (%s) must be at least the training span (%s) plus %s: the faults would not fit",
        length,
        training,
        QUIET.plus(ROOM));
    change.ifPresent(
        at ->
            requireArgument(
                at.compareTo(training) >= 0 && at.compareTo(length) < 0,
                "change (%s) must come after the training span (%s) and before the end (%s)",
                at,
                training,
                length));
  }

  public int stepsIn(Duration duration) {
    return Math.toIntExact(duration.dividedBy(interval));
  }

  Instant timeOf(int step) {
    return START.plus(interval.multipliedBy(step));
  }
}
