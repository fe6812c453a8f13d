package io.nelbo.jobs.replay;

import io.nelbo.model.train.Segment;
import io.nelbo.model.train.TrainingSpan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Cuts a recording into the segments of a training span: sorted by time within each series, a new
 * segment after a gap, and one record per series and time (the first that came).
 */
public final class SpanBuilder {
  private final List<String> features;
  private final long maxGapMillis;
  private final Map<String, List<CsvRecord>> rows = new TreeMap<>();

  public SpanBuilder(List<String> features, Duration maxGap) {
    this.features = List.copyOf(features);
    this.maxGapMillis = maxGap.toMillis();
  }

  /** Takes one record; those labelled anomalous are no example of the normal and are left out. */
  public void add(CsvRecord row) {
    if (row.label() != 1) {
      rows.computeIfAbsent(row.series(), series -> new ArrayList<>()).add(row);
    }
  }

  /**
   * @throws IllegalStateException when no record was added
   */
  public TrainingSpan build() {
    List<Segment> segments = new ArrayList<>();
    rows.forEach((series, unsorted) -> cut(series, unsorted, segments));
    long first =
        segments.stream()
            .mapToLong(segment -> segment.eventTimeMillis()[0])
            .min()
            .orElseThrow(() -> new IllegalStateException("there is no record to train on"));
    long last =
        segments.stream()
            .mapToLong(segment -> segment.eventTimeMillis()[segment.records() - 1])
            .max()
            .orElseThrow();
    return new TrainingSpan(features, segments, first, last + 1);
  }

  private void cut(String series, List<CsvRecord> unsorted, List<Segment> segments) {
    unsorted.sort(Comparator.comparingLong(CsvRecord::eventTimeMillis)); // stable
    List<CsvRecord> run = new ArrayList<>();
    long previous = Long.MIN_VALUE;
    for (CsvRecord row : unsorted) {
      long time = row.eventTimeMillis();
      if (time == previous) {
        continue;
      }
      if (!run.isEmpty() && time - previous > maxGapMillis) {
        segments.add(segment(series, run));
        run.clear();
      }
      run.add(row);
      previous = time;
    }
    if (!run.isEmpty()) {
      segments.add(segment(series, run));
    }
  }

  private Segment segment(String series, List<CsvRecord> run) {
    long[] times = new long[run.size()];
    float[] values = new float[run.size() * features.size()];
    for (int i = 0; i < times.length; i++) {
      times[i] = run.get(i).eventTimeMillis();
      System.arraycopy(run.get(i).values(), 0, values, i * features.size(), features.size());
    }
    return new Segment(series, times, values);
  }
}
