package io.nelbo.model.train;

import io.nelbo.model.record.RecordColumns;
import io.nelbo.model.record.RecordShape;
import io.nelbo.model.record.Segment;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Cuts rows into the segments of a training span: sorted by time within each series, a new segment
 * after a gap or a break, and one row per series and time (the first that was added; scoring counts
 * the others as late too).
 */
public final class SpanBuilder {
  @SuppressWarnings("ArrayRecordComponent") // held until the span is built, never compared
  private record Row(long timeMillis, float[] values) {}

  private final RecordShape shape;
  private final long maxGapMillis;
  private final Map<String, List<Row>> rows = new TreeMap<>();
  private final Map<String, TreeSet<Long>> breaks = new HashMap<>();

  /**
   * @param shape of a row
   * @param maxGapMillis event time between two rows of a series above which a new segment begins
   */
  public SpanBuilder(RecordShape shape, long maxGapMillis) {
    this.shape = shape;
    this.maxGapMillis = maxGapMillis;
  }

  /** For rows without context. */
  public SpanBuilder(List<String> features, long maxGapMillis) {
    this(new RecordColumns(features), maxGapMillis);
  }

  /**
   * Takes one row.
   *
   * @param values one per column, NaN where not observed; not copied
   */
  public void add(String series, long timeMillis, float[] values) {
    rows.computeIfAbsent(series, name -> new ArrayList<>()).add(new Row(timeMillis, values));
  }

  /**
   * At this time the series had a record that is no example of the normal: what comes after it does
   * not follow what came before.
   */
  public void breakOff(String series, long timeMillis) {
    breaks.computeIfAbsent(series, name -> new TreeSet<>()).add(timeMillis);
  }

  /**
   * The span from the first row to just after the last one; its segments by series, then by time.
   *
   * @throws IllegalStateException when no row was added
   */
  public TrainingSpan build() {
    if (rows.isEmpty()) {
      throw new IllegalStateException("there is no record to train on");
    }
    List<Segment> segments = new ArrayList<>();
    long first = Long.MAX_VALUE;
    long last = Long.MIN_VALUE;
    for (Map.Entry<String, List<Row>> series : rows.entrySet()) {
      List<Row> sorted = sortedWithoutRepeats(series.getValue());
      cut(series.getKey(), sorted, segments);
      first = Math.min(first, sorted.get(0).timeMillis());
      last = Math.max(last, sorted.get(sorted.size() - 1).timeMillis());
    }
    return new TrainingSpan(shape, segments, first, last + 1);
  }

  private static List<Row> sortedWithoutRepeats(List<Row> rows) {
    List<Row> sorted = new ArrayList<>(rows);
    sorted.sort(Comparator.comparingLong(Row::timeMillis)); // stable
    List<Row> kept = new ArrayList<>(sorted.size());
    for (Row row : sorted) {
      if (kept.isEmpty() || kept.get(kept.size() - 1).timeMillis() != row.timeMillis()) {
        kept.add(row);
      }
    }
    return kept;
  }

  private void cut(String series, List<Row> sorted, List<Segment> segments) {
    NavigableSet<Long> brokenAt = breaks.getOrDefault(series, new TreeSet<>());
    int start = 0;
    for (int i = 1; i <= sorted.size(); i++) {
      if (i == sorted.size() || !follows(sorted.get(i - 1), sorted.get(i), brokenAt)) {
        segments.add(segment(series, sorted.subList(start, i)));
        start = i;
      }
    }
  }

  private boolean follows(Row before, Row next, NavigableSet<Long> brokenAt) {
    Long broken = brokenAt.ceiling(before.timeMillis());
    return next.timeMillis() - before.timeMillis() <= maxGapMillis
        && (broken == null || broken > next.timeMillis());
  }

  private Segment segment(String series, List<Row> run) {
    long[] times = new long[run.size()];
    int width = shape.columnCount();
    float[] values = new float[run.size() * width];
    for (int i = 0; i < times.length; i++) {
      times[i] = run.get(i).timeMillis();
      System.arraycopy(run.get(i).values(), 0, values, i * width, width);
    }
    return new Segment(series, times, values);
  }
}
