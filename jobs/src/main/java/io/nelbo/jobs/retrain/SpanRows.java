package io.nelbo.jobs.retrain;

import io.nelbo.jobs.stream.Observed;
import io.nelbo.model.train.Segment;
import io.nelbo.model.train.TrainingSpan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Makes a training span of rows: the first {@code minRows} by event time, in segments of one series
 * without a gap. A function of the rows, not of their order of arrival. Pure.
 */
final class SpanRows {
  private static final Comparator<Observed> BY_TIME =
      Comparator.comparingLong(Observed::eventTimeMillis)
          .thenComparing(Observed::series)
          .thenComparingInt(Observed::partition)
          .thenComparingLong(Observed::offset);

  private final List<String> featureNames;
  private final int minRows;
  private final long maxGapMillis;

  SpanRows(List<String> featureNames, int minRows, long maxGapMillis) {
    this.featureNames = List.copyOf(featureNames);
    this.minRows = minRows;
    this.maxGapMillis = maxGapMillis;
  }

  /**
   * The first span, once every row of it has been seen.
   *
   * @param watermarkMillis no row at or before this event time is still to come
   */
  Optional<TrainingSpan> span(List<Observed> rows, long watermarkMillis) {
    long complete = rows.stream().filter(row -> row.eventTimeMillis() <= watermarkMillis).count();
    if (complete < minRows) {
      return Optional.empty();
    }
    List<Observed> sorted = new ArrayList<>(rows);
    sorted.sort(BY_TIME);
    long lastMillis = sorted.get(minRows - 1).eventTimeMillis();
    sorted.removeIf(row -> row.eventTimeMillis() > lastMillis);
    return Optional.of(
        new TrainingSpan(
            featureNames, segments(sorted), sorted.get(0).eventTimeMillis(), lastMillis + 1));
  }

  private List<Segment> segments(List<Observed> sortedByTime) {
    Map<String, List<Observed>> bySeries = new TreeMap<>();
    for (Observed row : sortedByTime) {
      bySeries.computeIfAbsent(row.series(), series -> new ArrayList<>()).add(row);
    }
    List<Segment> segments = new ArrayList<>();
    for (List<Observed> rows : bySeries.values()) {
      int start = 0;
      for (int i = 1; i <= rows.size(); i++) {
        if (i == rows.size() || isGap(rows.get(i - 1), rows.get(i))) {
          segments.add(segment(rows.subList(start, i)));
          start = i;
        }
      }
    }
    return segments;
  }

  private boolean isGap(Observed before, Observed after) {
    return after.eventTimeMillis() - before.eventTimeMillis() > maxGapMillis;
  }

  private Segment segment(List<Observed> rows) {
    long[] times = new long[rows.size()];
    float[] values = new float[rows.size() * featureNames.size()];
    int kept = 0;
    for (Observed row : rows) {
      // What shares its series' time came late and was not scored either.
      if (kept > 0 && times[kept - 1] == row.eventTimeMillis()) {
        continue;
      }
      times[kept] = row.eventTimeMillis();
      System.arraycopy(row.features(), 0, values, kept * featureNames.size(), featureNames.size());
      kept++;
    }
    return new Segment(
        rows.get(0).series(),
        Arrays.copyOf(times, kept),
        Arrays.copyOf(values, kept * featureNames.size()));
  }
}
