package io.nelbo.model.train;

import static io.nelbo.model.Preconditions.requireArgument;

import java.util.List;

/**
 * The stretch of event time that a model is trained on.
 *
 * @param featureNames names in the order of the segments' values
 * @param segments in any order: training sorts them by series and time
 * @param startMillis inclusive
 * @param endMillis exclusive
 */
public record TrainingSpan(
    List<String> featureNames, List<Segment> segments, long startMillis, long endMillis) {
  public TrainingSpan {
    featureNames = List.copyOf(featureNames);
    segments = List.copyOf(segments);
    for (Segment segment : segments) {
      requireArgument(
          segment.features() == featureNames.size(),
          "segment of %s has %s features, the span names %s",
          segment.series(),
          segment.features(),
          featureNames.size());
    }
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
