package io.nelbo.jobs.retrain.due;

import io.nelbo.jobs.stream.ModelNotice;
import io.nelbo.model.record.RecordShape;
import io.nelbo.model.record.Segment;
import io.nelbo.model.train.TrainingSpan;
import io.nelbo.schemas.ModelTrigger;
import java.util.List;
import java.util.Optional;

/**
 * The sampled records of a span.
 *
 * @param record what the values are
 * @param segments of consecutive records
 * @param startMillis inclusive
 * @param endMillis exclusive
 */
public record SlideSpan(
    RecordShape record, List<Segment> segments, long startMillis, long endMillis) {
  public SlideSpan {
    segments = List.copyOf(segments);
  }

  public long rows() {
    return segments.stream().mapToLong(Segment::records).sum();
  }

  /** In words, for the announcement. */
  public String tooFew(int needed) {
    return "the span has %s rows, retrain.min-rows asks for %s".formatted(rows(), needed);
  }

  public TrainingOrder order(
      ModelTrigger trigger, long changedBefore, Optional<ModelNotice> ownLast) {
    return new TrainingOrder(
        new TrainingSpan(record, segments, startMillis, endMillis),
        trigger,
        changedBefore,
        ownLast);
  }
}
