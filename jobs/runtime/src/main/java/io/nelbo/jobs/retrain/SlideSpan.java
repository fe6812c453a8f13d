package io.nelbo.jobs.retrain;

import io.nelbo.jobs.stream.ModelNotice;
import io.nelbo.model.record.RecordColumns;
import io.nelbo.model.record.Segment;
import io.nelbo.model.train.TrainingSpan;
import io.nelbo.schemas.ModelTrigger;
import java.util.List;
import java.util.Optional;

/**
 * The sampled records of a span.
 *
 * @param columns what the values are
 * @param segments of consecutive records
 * @param startMillis inclusive
 * @param endMillis exclusive
 */
record SlideSpan(RecordColumns columns, List<Segment> segments, long startMillis, long endMillis) {
  SlideSpan {
    segments = List.copyOf(segments);
  }

  long rows() {
    return segments.stream().mapToLong(Segment::records).sum();
  }

  /** In words, for the announcement. */
  String tooFew(int needed) {
    return "the span has %s rows, retrain.min-rows asks for %s".formatted(rows(), needed);
  }

  TrainingOrder order(ModelTrigger trigger, long changedBefore, Optional<ModelNotice> ownLast) {
    return new TrainingOrder(
        new TrainingSpan(columns, segments, startMillis, endMillis),
        trigger,
        changedBefore,
        ownLast);
  }
}
