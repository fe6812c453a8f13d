package io.nelbo.jobs.demo.csv;

import io.nelbo.jobs.demo.feed.Reading;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * The user's files, read and put in order of time.
 *
 * @param features names in the order of a reading's values
 * @param readings by time; within one instant as they stood in the files
 * @param trainRows how many of them, from the first, train
 * @param border time of the first reading that is scored; all that train are before it
 * @param notes what the user should know about the data, in words
 */
public record CsvReplay(
    List<String> features,
    List<Reading> readings,
    int trainRows,
    Instant border,
    List<String> notes) {
  public CsvReplay {
    features = List.copyOf(features);
    readings = List.copyOf(readings);
    notes = List.copyOf(notes);
  }

  public Instant start() {
    return readings.get(0).time();
  }

  public Instant end() {
    return readings.get(readings.size() - 1).time();
  }

  boolean isLabelled() {
    return readings.stream().skip(trainRows).anyMatch(r -> r.anomalous().isPresent());
  }

  /** Readings of one instant at a time. */
  public Iterator<List<Reading>> ticks() {
    return new Iterator<>() {
      private int next;

      @Override
      public boolean hasNext() {
        return next < readings.size();
      }

      @Override
      public List<Reading> next() {
        if (!hasNext()) {
          throw new NoSuchElementException();
        }
        List<Reading> tick = new ArrayList<>();
        Instant time = readings.get(next).time();
        while (hasNext() && readings.get(next).time().equals(time)) {
          tick.add(readings.get(next++));
        }
        return tick;
      }
    };
  }
}
