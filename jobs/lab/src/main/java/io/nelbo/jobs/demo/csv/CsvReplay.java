package io.nelbo.jobs.demo.csv;

import io.nelbo.jobs.demo.feed.Reading;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;

/**
 * The user's files, read and put in the order in which they are fed.
 *
 * @param features names in the order of a reading's values
 * @param instants readings that are fed at once, in order of time; at each instant the first one
 *     says when that is, and among the others may be late ones
 * @param training which of them train
 * @param step usual time between two rows of one series
 * @param notes what the user should know about the data, in words
 */
public record CsvReplay(
    List<String> features,
    List<List<Reading>> instants,
    TrainingPart training,
    Duration step,
    List<String> notes) {
  public CsvReplay {
    features = List.copyOf(features);
    instants = List.copyOf(instants);
    notes = List.copyOf(notes);
  }

  /** All readings in the order of feeding. */
  public List<Reading> readings() {
    return instants.stream().flatMap(Collection::stream).toList();
  }

  /** When feeding begins. */
  public Instant start() {
    return instants.get(0).get(0).time();
  }

  Instant end() {
    return instants.get(instants.size() - 1).get(0).time();
  }

  boolean isLabelled() {
    return readings().stream()
        .skip(training.rows())
        .anyMatch(reading -> reading.anomalous().isPresent());
  }

  /** Readings of one instant at a time. */
  public Iterator<List<Reading>> ticks() {
    return instants.iterator();
  }
}
