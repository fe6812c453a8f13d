package io.nelbo.model.record;

import static io.nelbo.model.Preconditions.requireArgument;

/**
 * Consecutive records of one series, the unit of sampling: windows and autocorrelation survive.
 *
 * <p>Holds its arrays without copying, because a span is large; the owner must not change them.
 *
 * @param series the keyed stream they came from
 * @param eventTimeMillis event time of each record, ascending
 * @param values raw features and context, record after record, NaN where not observed: {@code
 *     records x columns}
 */
@SuppressWarnings("ArrayRecordComponent") // large by nature, never compared
public record Segment(String series, long[] eventTimeMillis, float[] values) {
  public Segment {
    requireArgument(eventTimeMillis.length > 0, "segment of %s is empty", series);
    requireArgument(
        values.length % eventTimeMillis.length == 0,
        "segment of %s: %s values do not divide into %s records",
        series,
        values.length,
        eventTimeMillis.length);
  }

  public int records() {
    return eventTimeMillis.length;
  }

  /** Values per record, features and context. */
  public int columns() {
    return values.length / eventTimeMillis.length;
  }

  /** Share of a record's features that were observed; context does not count. */
  public double observedShare(int record, int features) {
    int start = record * columns();
    int observed = 0;
    for (int i = start; i < start + features; i++) {
      observed += Float.isNaN(values[i]) ? 0 : 1;
    }
    return (double) observed / features;
  }
}
