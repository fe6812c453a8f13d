package io.nelbo.jobs.retrain.sample;

import io.nelbo.model.record.Segment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Puts sampled segments that follow each other together again, so that windows can cross. Pure. */
public final class SegmentJoin {
  private SegmentJoin() {}

  /**
   * The records of an event time.
   *
   * @param segments in order of series and time
   * @param fromMillis inclusive
   * @param untilMillis exclusive
   */
  public static List<Segment> between(
      List<GrowingSegment> segments, long fromMillis, long untilMillis) {
    List<Segment> joined = new ArrayList<>();
    List<Segment> run = new ArrayList<>();
    String series = "";
    long expected = -1;
    for (GrowingSegment segment : segments) {
      int from = firstAtOrAfter(segment, fromMillis);
      int until = firstAtOrAfter(segment, untilMillis);
      boolean follows =
          segment.series().equals(series) && segment.firstOrdinal() == expected && from == 0;
      if (!follows) {
        flush(run, joined);
      }
      if (until > from) {
        run.add(segment.records(from, until));
      }
      series = segment.series();
      expected = until == segment.size() ? segment.firstOrdinal() + segment.size() : -1;
    }
    flush(run, joined);
    return joined;
  }

  private static int firstAtOrAfter(GrowingSegment segment, long timeMillis) {
    int record = 0;
    while (record < segment.size() && segment.timeMillis(record) < timeMillis) {
      record++;
    }
    return record;
  }

  private static void flush(List<Segment> run, List<Segment> joined) {
    if (run.size() == 1) {
      joined.add(run.get(0));
    } else if (run.size() > 1) {
      joined.add(joined(run));
    }
    run.clear();
  }

  private static Segment joined(List<Segment> run) {
    int records = run.stream().mapToInt(Segment::records).sum();
    int features = run.get(0).columns();
    long[] times = new long[records];
    float[] values = new float[records * features];
    int done = 0;
    for (Segment part : run) {
      System.arraycopy(part.eventTimeMillis(), 0, times, done, part.records());
      System.arraycopy(part.values(), 0, values, done * features, part.values().length);
      done += part.records();
    }
    return new Segment(run.get(0).series(), times, values);
  }

  /**
   * Event time of the record that makes so many, counted from {@code fromMillis}; MAX_VALUE when
   * there are fewer.
   */
  public static long timeOfRecord(List<GrowingSegment> segments, long fromMillis, int number) {
    long[] times =
        segments.stream()
            .flatMapToLong(
                segment -> IntStream.range(0, segment.size()).mapToLong(segment::timeMillis))
            .filter(time -> time >= fromMillis)
            .toArray();
    if (times.length < number) {
      return Long.MAX_VALUE;
    }
    Arrays.sort(times);
    return times[number - 1];
  }
}
