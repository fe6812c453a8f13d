package io.nelbo.model.train;

import io.nelbo.model.record.RecordColumns;
import io.nelbo.model.record.RecordShape;
import io.nelbo.model.record.Segment;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Cuts rows into the segments of a training span: sorted by time within each series, a new segment
 * after a gap, and one row per series and time (the first that was added; scoring counts the others
 * as late too).
 */
public final class SpanBuilder {
  @SuppressWarnings("ArrayRecordComponent") // held until the span is built, never compared
  private record Row(long timeMillis, float[] values) {}

  private final RecordShape shape;
  private final long maxGapMillis;
  private final Map<String, List<Row>> rows = new TreeMap<>();

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
    int start = 0;
    for (int i = 1; i <= sorted.size(); i++) {
      if (i == sorted.size()
          || sorted.get(i).timeMillis() - sorted.get(i - 1).timeMillis() > maxGapMillis) {
        segments.add(segment(series, sorted.subList(start, i)));
        start = i;
      }
    }
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
