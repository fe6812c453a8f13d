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

  public long records() {
    return segments.stream().mapToLong(Segment::records).sum();
  }
}
