package io.nelbo.jobs.score;

import io.nelbo.jobs.stream.Observation;
import io.nelbo.jobs.stream.Observed;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.MapState;

/**
 * The records that wait for their order, of the series that is the current key: in state by their
 * event time, one for each. Of two of one time the one that lay first waits, the other comes late
 * at once; which one that is depends on the data alone.
 *
 * <p>Used by the task's thread.
 */
final class WaitingRecords {
  // A state knows no order, on the heap at least. So the times alone, in order, are in memory too,
  // for the series of which something waits; read from the state at the first use after a restore.
  // A record costs one write when it comes, and one read and one removal when it goes, however many
  // wait beside it.

  private static final Comparator<Observation> BY_PLACE =
      Comparator.comparingInt(Observation::partition).thenComparingLong(Observation::offset);

  private final MapState<Long, Observed> byTime;
  private final ListState<Observed> unordered;
  private final Consumer<Observation> late;
  private final Map<String, NavigableSet<Long>> times = new HashMap<>();

  /**
   * @param byTime of the current key
   * @param unordered of the current key: where earlier versions kept what waits; moved on sight
   * @param late told of each record that shares its event time with one that lay before it
   */
  WaitingRecords(
      MapState<Long, Observed> byTime, ListState<Observed> unordered, Consumer<Observation> late) {
    this.byTime = byTime;
    this.unordered = unordered;
    this.late = late;
  }

  /** Adds a record of the series at hand, which may be the one that comes late. */
  void add(Observation record, SeriesState series) throws Exception {
    add(record, times(record.series(), series));
    series.oldestWaitingMillis = Math.min(series.oldestWaitingMillis, record.eventTimeMillis());
  }

  /** Takes out the oldest one, if it is no later than this. */
  Optional<Observation> poll(String name, long untilMillis, SeriesState series) throws Exception {
    if (untilMillis < series.oldestWaitingMillis) {
      return Optional.empty(); // without a look at what waits
    }
    NavigableSet<Long> waiting = times(name, series);
    Long oldest = waiting.pollFirst();
    if (oldest == null) {
      throw new IllegalStateException(
          "series %s has records waiting since %s, and none in its state"
              .formatted(name, series.oldestWaitingMillis));
    }
    series.oldestWaitingMillis = waiting.isEmpty() ? Long.MAX_VALUE : waiting.first();
    if (waiting.isEmpty()) {
      times.remove(name);
    }
    Observation record = byTime.get(oldest).observation();
    byTime.remove(oldest);
    return Optional.of(record);
  }

  private NavigableSet<Long> times(String name, SeriesState series) throws Exception {
    NavigableSet<Long> known = times.get(name);
    if (known != null) {
      return known;
    }
    NavigableSet<Long> found = new TreeSet<>();
    times.put(name, found);
    if (series.oldestWaitingMillis != Long.MAX_VALUE) {
      restore(found);
    }
    return found;
  }

  private void restore(NavigableSet<Long> found) throws Exception {
    byTime.keys().forEach(found::add);
    for (Observed record : unordered.get()) {
      add(record.observation(), found);
    }
    unordered.clear();
  }

  private void add(Observation record, NavigableSet<Long> waiting) throws Exception {
    long time = record.eventTimeMillis();
    if (waiting.add(time)) {
      byTime.put(time, Observed.of(record));
      return;
    }
    Observation other = byTime.get(time).observation();
    if (BY_PLACE.compare(record, other) < 0) {
      byTime.put(time, Observed.of(record));
      late.accept(other);
    } else {
      late.accept(record);
    }
  }
}
