package io.nelbo.jobs.retrain.sample;

import io.nelbo.jobs.retrain.SampledSegment;
import io.nelbo.jobs.retrain.SegmentKey;
import io.nelbo.jobs.retrain.SeriesCursor;
import io.nelbo.jobs.stream.Observation;
import io.nelbo.model.learn.Slides;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Deterministic samples of the records of the last buckets, as segments of consecutive records.
 * Pure; the operator keeps it in state.
 *
 * <p>Records that are labelled anomalous are no example of the normal: they end a segment and are
 * passed over. So do gaps, and the end of a bucket, after which the next segment follows on.
 */
public final class SegmentSample {
  private static final int ANOMALOUS = 1;

  private static final Comparator<GrowingSegment> BY_SERIES_AND_TIME =
      Comparator.comparing(GrowingSegment::series)
          .thenComparingLong(GrowingSegment::startMillis)
          .thenComparingLong(GrowingSegment::firstOrdinal);

  /** Where a series stands. */
  private static final class Cursor {
    private long nextOrdinal;
    private long lastMillis = Long.MIN_VALUE;
    private @Nullable GrowingSegment open;
  }

  private final Slides slides;
  private final SampleShape shape;
  private final TreeMap<Long, BucketSample> buckets = new TreeMap<>();
  private final Map<String, Cursor> cursors = new HashMap<>();
  private final List<GrowingSegment> closed = new ArrayList<>();
  private final List<SegmentKey> removed = new ArrayList<>();
  private long firstOpenBucket = Long.MIN_VALUE;

  public SegmentSample(Slides slides, SampleShape shape) {
    this.slides = slides;
    this.shape = shape;
  }

  /**
   * Takes one record.
   *
   * @return false when it comes too late for its bucket or segment, or repeats a time that is not
   *     shared: then it is passed over
   */
  public boolean add(Observation row) {
    long bucket = slides.bucketOf(row.eventTimeMillis());
    if (bucket < firstOpenBucket) {
      return false;
    }
    Cursor cursor = cursors.computeIfAbsent(row.series(), name -> new Cursor());
    if (row.label() == ANOMALOUS) {
      breakOff(cursor);
      return true;
    }
    boolean repeats = row.eventTimeMillis() == cursor.lastMillis && !shape.sharesTimes();
    if (row.eventTimeMillis() < cursor.lastMillis || repeats) {
      return insert(cursor, row);
    }
    boolean follows =
        cursor.lastMillis != Long.MIN_VALUE
            && row.eventTimeMillis() - cursor.lastMillis <= shape.maxGapMillis();
    if (!follows) {
      breakOff(cursor);
    }
    append(cursor, bucket, row);
    return true;
  }

  private void append(Cursor cursor, long bucket, Observation row) {
    GrowingSegment open = cursor.open;
    if (open == null
        || open.bucket() != bucket
        || cursor.nextOrdinal - open.firstOrdinal() >= shape.segmentRecords()) {
      close(cursor);
      open = segment(bucket, row.series(), cursor.nextOrdinal, row.eventTimeMillis());
      cursor.open = open;
      bucket(bucket).add(open);
    }
    cursor.nextOrdinal++;
    cursor.lastMillis = row.eventTimeMillis();
    grow(open, row);
  }

  /** A record that is older than the newest of its series, where its segment is still open. */
  private boolean insert(Cursor cursor, Observation row) {
    GrowingSegment open = cursor.open;
    if (open == null || row.eventTimeMillis() < open.startMillis() || !grow(open, row)) {
      return false;
    }
    cursor.nextOrdinal++;
    return true;
  }

  private boolean grow(GrowingSegment open, Observation row) {
    if (open.isDropped()) {
      return true;
    }
    if (!open.add(row.eventTimeMillis(), row.features())) {
      return false;
    }
    BucketSample bucket = bucket(open.bucket());
    bucket.grew(open, 1);
    bucket.shrink().forEach(segment -> removed.add(segment.key()));
    return true;
  }

  /** What follows is not consecutive. */
  private void breakOff(Cursor cursor) {
    close(cursor);
    cursor.nextOrdinal++;
  }

  private void close(Cursor cursor) {
    if (cursor.open != null && !cursor.open.isDropped()) {
      closed.add(cursor.open);
    }
    cursor.open = null;
  }

  private BucketSample bucket(long bucket) {
    return buckets.computeIfAbsent(bucket, number -> new BucketSample(shape.bucketRows()));
  }

  /** No record of a bucket before this one is taken any more. */
  public void closeBefore(long bucket) {
    firstOpenBucket = Math.max(firstOpenBucket, bucket);
  }

  /** Lets go of the buckets before this one, and of series that have been silent since. */
  public void forgetBefore(long bucket) {
    Map<Long, BucketSample> old = buckets.headMap(bucket);
    for (BucketSample each : old.values()) {
      each.segments().forEach(segment -> removed.add(segment.key()));
    }
    old.clear();
    closed.removeIf(segment -> segment.bucket() < bucket);
    cursors.values().removeIf(cursor -> slides.bucketOf(cursor.lastMillis) < bucket);
  }

  /** Buckets that hold records, oldest first. */
  public List<Long> buckets() {
    return buckets.entrySet().stream()
        .filter(entry -> entry.getValue().rows() > 0)
        .map(Map.Entry::getKey)
        .toList();
  }

  public int rows() {
    return buckets.values().stream().mapToInt(BucketSample::rows).sum();
  }

  /** Segments of the buckets {@code from} to {@code to}, inclusive, by series and time. */
  public List<GrowingSegment> segments(long from, long to) {
    return buckets.subMap(from, true, to, true).values().stream()
        .flatMap(bucket -> bucket.segments().stream())
        .filter(segment -> segment.size() > 0)
        .sorted(BY_SERIES_AND_TIME)
        .toList();
  }

  /** All segments by series and time. */
  public List<GrowingSegment> segments() {
    return segments(Long.MIN_VALUE, Long.MAX_VALUE);
  }

  /** Segments that have become complete since the last call and are still kept. */
  public List<SampledSegment> takeClosed() {
    List<SampledSegment> taken =
        closed.stream()
            .filter(segment -> !segment.isDropped())
            .map(GrowingSegment::sampled)
            .toList();
    closed.clear();
    return taken;
  }

  /** Names of segments that have been let go of since the last call. */
  public List<SegmentKey> takeRemoved() {
    List<SegmentKey> taken = List.copyOf(removed);
    removed.clear();
    return taken;
  }

  /** Where every series stands, with the segments that records are still added to. */
  public List<SeriesCursor> cursors() {
    List<SeriesCursor> all = new ArrayList<>();
    cursors.forEach(
        (series, cursor) -> {
          SeriesCursor state = new SeriesCursor();
          state.series = series;
          state.nextOrdinal = cursor.nextOrdinal;
          state.lastMillis = cursor.lastMillis;
          if (cursor.open != null) {
            write(cursor.open, state);
          }
          all.add(state);
        });
    return all;
  }

  private static void write(GrowingSegment open, SeriesCursor state) {
    SampledSegment sampled = open.sampled();
    state.open = true;
    state.dropped = open.isDropped();
    state.bucket = open.bucket();
    state.firstOrdinal = open.firstOrdinal();
    state.startMillis = open.startMillis();
    state.eventTimeMillis = sampled.eventTimeMillis();
    state.values = sampled.values();
  }

  /** Brings back a segment that was complete; one of slides of another length is cut anew. */
  public void restore(SampledSegment segment) {
    if (segment.isIn(slides)) {
      keep(segment);
      return;
    }
    removed.add(segment.key());
    segment.cutAt(slides).forEach(part -> closed.add(keep(part)));
  }

  private GrowingSegment keep(SampledSegment part) {
    GrowingSegment kept =
        segment(part.bucket(), part.series(), part.firstOrdinal(), part.eventTimeMillis()[0])
            .with(part.eventTimeMillis(), part.values());
    BucketSample bucket = bucket(part.bucket());
    bucket.add(kept);
    bucket.shrink().forEach(dropped -> removed.add(dropped.key()));
    return kept;
  }

  /** Brings back where a series stood. */
  public void restore(SeriesCursor from) {
    Cursor cursor = new Cursor();
    cursor.nextOrdinal = from.nextOrdinal;
    cursor.lastMillis = from.lastMillis;
    if (from.open && from.dropped) {
      long bucket = slides.bucketOf(from.startMillis);
      cursor.open = segment(bucket, from.series, from.firstOrdinal, from.startMillis);
      cursor.open.drop();
    } else if (from.open) {
      List<SampledSegment> parts = from.segment().cutAt(slides);
      int last = parts.size() - 1;
      parts.subList(0, last).forEach(part -> closed.add(keep(part)));
      cursor.open = keep(parts.get(last));
    }
    cursors.put(from.series, cursor);
  }

  private GrowingSegment segment(long bucket, String series, long firstOrdinal, long startMillis) {
    return new GrowingSegment(bucket, series, firstOrdinal, startMillis, shape);
  }
}
