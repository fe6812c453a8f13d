package io.nelbo.jobs.retrain;

import io.nelbo.model.learn.Slides;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Consecutive records of one series as they lie in state. Flat and public so that Flink serialises
 * it without Kryo.
 *
 * @param bucket of one slide
 * @param series the keyed stream
 * @param firstOrdinal running number of its first record in the series; a hole in the numbers is a
 *     hole in the records
 * @param eventTimeMillis of each record, ascending
 * @param values raw features, record after record
 */
@SuppressWarnings("ArrayRecordComponent") // in state: serialised, never compared
public record SampledSegment(
    long bucket, String series, long firstOrdinal, long[] eventTimeMillis, float[] values) {
  public SegmentKey key() {
    return new SegmentKey(bucket, series, eventTimeMillis[0]);
  }

  /** Whether its bucket is that of its records: not after a change of the slides' length. */
  public boolean isIn(Slides slides) {
    return slides.bucketOf(eventTimeMillis[0]) == bucket
        && slides.bucketOf(eventTimeMillis[eventTimeMillis.length - 1]) == bucket;
  }

  /** The same records in the buckets of these slides: parts that follow each other. */
  public List<SampledSegment> cutAt(Slides slides) {
    List<SampledSegment> parts = new ArrayList<>();
    int columns = values.length / eventTimeMillis.length;
    int from = 0;
    for (int until = 1; until <= eventTimeMillis.length; until++) {
      long own = slides.bucketOf(eventTimeMillis[from]);
      if (until == eventTimeMillis.length || slides.bucketOf(eventTimeMillis[until]) != own) {
        parts.add(
            new SampledSegment(
                own,
                series,
                firstOrdinal + from,
                Arrays.copyOfRange(eventTimeMillis, from, until),
                Arrays.copyOfRange(values, from * columns, until * columns)));
        from = until;
      }
    }
    return parts;
  }
}
