package io.nelbo.model.record;

import io.nelbo.model.train.FitExclusion;
import static io.nelbo.model.Preconditions.requireArgument;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

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

  /** The same with NaN for every record that is not fitted to. */
  Segment without(FitExclusion exclusion) {
    float @Nullable [] kept = null;
    for (int row = 0; row < records(); row++) {
      if (exclusion.excludes(series, eventTimeMillis[row])) {
        kept = kept == null ? values.clone() : kept;
        Arrays.fill(kept, row * features(), (row + 1) * features(), Float.NaN);
      }
    }
    return kept == null ? this : new Segment(series, eventTimeMillis, kept);
  }

  public int records() {
    return eventTimeMillis.length;
  }

  /** Values per record, features and context. */
  public int features() {
    return values.length / eventTimeMillis.length;
  }
}
