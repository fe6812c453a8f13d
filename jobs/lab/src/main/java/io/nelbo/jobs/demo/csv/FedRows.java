package io.nelbo.jobs.demo.csv;

import io.nelbo.jobs.demo.feed.Reading;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Rows of files in the order in which a topic would have had them: by time, but a row that is older
 * than the newest of its series comes when that one has come, and is late. What the jobs refuse is
 * fed too, so that they say so. Mutable.
 */
final class FedRows {
  private static final Comparator<Fed> ORDER =
      Comparator.comparing(Fed::at).thenComparing(Fed::isRefused);

  /**
   * One row.
   *
   * @param at event time at which it is fed
   */
  record Fed(Instant at, Reading reading, boolean isRefused) {
    boolean isAnomalous() {
      return reading.anomalous().orElse(false);
    }
  }

  private final List<Fed> rows = new ArrayList<>();
  private final List<Reading> timeless = new ArrayList<>();
  private final Map<String, Instant> newest = new HashMap<>();
  private Optional<Instant> last = Optional.empty();

  /** A row that the jobs take, if it is not late. */
  void add(Reading reading) {
    Instant before = newest.getOrDefault(reading.series(), Instant.MIN);
    boolean isLate = !reading.time().isAfter(before);
    Instant at = isLate ? before : reading.time();
    newest.put(reading.series(), at);
    last = Optional.of(at);
    rows.add(new Fed(at, reading, false));
  }

  /** A row that the jobs refuse, whose time may be part of the reason. */
  void addRefused(Reading reading) {
    if (last.isEmpty()) {
      timeless.add(reading);
    } else {
      rows.add(new Fed(last.get(), reading, true));
    }
  }

  /** The rows of each instant in the order of feeding. */
  List<List<Fed>> inOrder() {
    List<Fed> ordered = new ArrayList<>();
    Instant first = rows.isEmpty() ? Instant.EPOCH : rows.get(0).at();
    timeless.forEach(reading -> ordered.add(new Fed(first, reading, true)));
    ordered.addAll(rows);
    ordered.sort(ORDER); // stable
    List<List<Fed>> instants = new ArrayList<>();
    for (Fed row : ordered) {
      if (instants.isEmpty() || !last(instants).get(0).at().equals(row.at())) {
        instants.add(new ArrayList<>());
      }
      last(instants).add(row);
    }
    return instants;
  }

  private static List<Fed> last(List<List<Fed>> instants) {
    return instants.get(instants.size() - 1);
  }

  int size() {
    return rows.size() + timeless.size();
  }

  /** Rows that the jobs do not refuse. */
  int usable() {
    return (int) rows.stream().filter(row -> !row.isRefused()).count();
  }

  /** The usual time between two rows of one series; a minute where none has two. */
  Duration step() {
    Map<String, Instant> before = new HashMap<>();
    List<Duration> steps = new ArrayList<>();
    for (Fed row : rows) {
      if (!row.isRefused()) {
        Instant earlier = before.put(row.reading().series(), row.at());
        if (earlier != null && earlier.isBefore(row.at())) {
          steps.add(Duration.between(earlier, row.at()));
        }
      }
    }
    steps.sort(null);
    return steps.isEmpty() ? Duration.ofMinutes(1) : steps.get(steps.size() / 2);
  }
}
