package io.nelbo.model.train;

import static io.nelbo.model.Preconditions.requireArgument;

import io.nelbo.model.record.RecordColumns;
import io.nelbo.model.record.RecordShape;
import io.nelbo.model.record.Segment;
import io.nelbo.model.record.WindowShape;
import java.util.List;

/**
 * The stretch of event time that a model is trained on.
 *
 * @param shape what the segments' values are, in their order
 * @param segments in any order: training sorts them by series and time
 * @param startMillis inclusive
 * @param endMillis exclusive
 */
public record TrainingSpan(
    RecordShape shape, List<Segment> segments, long startMillis, long endMillis) {
  public TrainingSpan {
    segments = List.copyOf(segments);
    for (Segment segment : segments) {
      requireArgument(
          segment.columns() == shape.columnCount(),
          "segment of %s has %s columns, the span names %s",
          segment.series(),
          segment.columns(),
          shape.columnCount());
    }
  }

  /** Of records without context. */
  public TrainingSpan(
      List<String> featureNames, List<Segment> segments, long startMillis, long endMillis) {
    this(new RecordColumns(featureNames), segments, startMillis, endMillis);
  }

  /**
   * The columns by name.
   *
   * @throws IllegalArgumentException when the records are frames
   */
  public RecordColumns columns() {
    return shape.named("whoever asks a training span for its columns");
  }

  /** Windows of so many of these records, as a model knows them. */
  public WindowShape window(int length) {
    return new WindowShape(length, shape.asModelled());
  }

  /** Names of what is scored. */
  public List<String> featureNames() {
    return columns().features();
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
