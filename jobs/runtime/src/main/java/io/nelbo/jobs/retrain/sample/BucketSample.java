package io.nelbo.jobs.retrain.sample;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * The segments of one bucket, at most so many rows of them. Pure.
 *
 * <p>When there are too many, the longest series gives first, and of it the segment with the
 * largest hash. What is kept is the longest run of segments that fits, in the order of (rows of the
 * same series with smaller hashes, hash): a function of the segments, not of their order of
 * arrival, since both parts of that order only grow as more arrive.
 */
final class BucketSample {
  private static final Comparator<GrowingSegment> BY_HASH =
      Comparator.comparingLong(GrowingSegment::hash)
          .thenComparingLong(GrowingSegment::startMillis)
          .thenComparingLong(GrowingSegment::firstOrdinal);

  private final int mostRows;
  private final Map<String, TreeSet<GrowingSegment>> bySeries = new HashMap<>();
  private final Map<String, Integer> rowsBySeries = new HashMap<>();
  private int rows;

  BucketSample(int mostRows) {
    this.mostRows = mostRows;
  }

  /** Takes a segment with the records it has. */
  void add(GrowingSegment segment) {
    bySeries.computeIfAbsent(segment.series(), name -> new TreeSet<>(BY_HASH)).add(segment);
    grew(segment, segment.size());
  }

  /** A segment of this bucket has so many records more. */
  void grew(GrowingSegment segment, int records) {
    rowsBySeries.merge(segment.series(), records, Integer::sum);
    rows += records;
  }

  /** Drops what has no room; the dropped segments. */
  List<GrowingSegment> shrink() {
    if (rows <= mostRows) {
      return List.of();
    }
    List<GrowingSegment> dropped = new ArrayList<>();
    while (rows > mostRows) {
      GrowingSegment least = least();
      TreeSet<GrowingSegment> ofSeries = bySeries.get(least.series());
      if (ofSeries == null) {
        throw new IllegalStateException("segment of " + least.series() + " is in no set");
      }
      ofSeries.remove(least);
      grew(least, -least.size());
      dropped.add(least);
      least.drop();
    }
    return dropped;
  }

  private GrowingSegment least() {
    return bySeries.values().stream()
        .filter(segments -> !segments.isEmpty())
        .map(TreeSet::last)
        .max(
            Comparator.comparingInt(this::rowsBefore)
                .thenComparingLong(GrowingSegment::hash)
                .thenComparing(GrowingSegment::series))
        .orElseThrow();
  }

  /** Rows of the same series with smaller hashes; of a series' last segment. */
  private int rowsBefore(GrowingSegment last) {
    return rowsBySeries.getOrDefault(last.series(), 0) - last.size();
  }

  int rows() {
    return rows;
  }

  List<GrowingSegment> segments() {
    return bySeries.values().stream().flatMap(Collection::stream).toList();
  }
}
