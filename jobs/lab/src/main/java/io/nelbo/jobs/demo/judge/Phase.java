package io.nelbo.jobs.demo.judge;

import java.time.Instant;

/**
 * A part of the run that is judged on its own.
 *
 * @param name for people
 * @param from event time, inclusive
 * @param until exclusive
 */
public record Phase(String name, Instant from, Instant until) {
  boolean contains(Instant time) {
    return !time.isBefore(from) && time.isBefore(until);
  }
}
