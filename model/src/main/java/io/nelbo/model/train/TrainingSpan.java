package io.nelbo.model.train;

import io.nelbo.model.record.Segment;
import static io.nelbo.model.Preconditions.requireArgument;

import io.nelbo.model.record.RecordColumns;
import java.util.List;

/**
 * The stretch of event time that a model is trained on.
 *
 * @param columns what the segments' values are, in their order
 * @param segments in any order: training sorts them by series and time
 * @param startMillis inclusive
 * @param endMillis exclusive
 */
public record TrainingSpan(
    RecordColumns columns, List<Segment> segments, long startMillis, long endMillis) {
  public TrainingSpan {
    segments = List.copyOf(segments);
    for (Segment segment : segments) {
      requireArgument(
          segment.features() == columns.size(),
          "segment of %s has %s features, the span names %s",
          segment.series(),
          segment.features(),
          columns.size());
    }
  }

  /** Of records without context. */
  public TrainingSpan(
      List<String> featureNames, List<Segment> segments, long startMillis, long endMillis) {
    this(new RecordColumns(featureNames), segments, startMillis, endMillis);
  }

  /** Names of what is modelled. */
  public List<String> featureNames() {
    return columns.features();
  }

  /**
   * SHA-256 in lower-case hex over names, series, times and values, as an artifact's provenance has
   * it; the order of the segments does not matter.
   */
  public String digest() {
    return new SortedSpan(this).digest();
  }

  public long records() {
    return segments.stream().mapToLong(Segment::records).sum();
  }
}
