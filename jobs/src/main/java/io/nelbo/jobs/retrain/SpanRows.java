package io.nelbo.jobs.retrain;

import io.nelbo.jobs.stream.Observed;
import io.nelbo.model.train.SpanBuilder;
import io.nelbo.model.train.TrainingSpan;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Chooses the rows of a training span: the first {@code minRows} by event time. A function of the
 * rows, not of their order of arrival. Pure.
 */
final class SpanRows {
  private static final Comparator<Observed> BY_TIME =
      Comparator.comparingLong(Observed::eventTimeMillis)
          .thenComparing(Observed::series)
          .thenComparingInt(Observed::partition)
          .thenComparingLong(Observed::offset);

  private final List<String> featureNames;
  private final int minRows;
  private final long maxGapMillis;

  SpanRows(List<String> featureNames, int minRows, long maxGapMillis) {
    this.featureNames = List.copyOf(featureNames);
    this.minRows = minRows;
    this.maxGapMillis = maxGapMillis;
  }

  /**
   * The first span, once every row of it has been seen.
   *
   * @param watermarkMillis no row at or before this event time is still to come
   */
  Optional<TrainingSpan> span(List<Observed> rows, long watermarkMillis) {
    long complete = rows.stream().filter(row -> row.eventTimeMillis() <= watermarkMillis).count();
    if (complete < minRows) {
      return Optional.empty();
    }
    List<Observed> sorted = new ArrayList<>(rows);
    sorted.sort(BY_TIME);
    long lastMillis = sorted.get(minRows - 1).eventTimeMillis();
    sorted.removeIf(row -> row.eventTimeMillis() > lastMillis);
    SpanBuilder span = new SpanBuilder(featureNames, maxGapMillis);
    sorted.forEach(row -> span.add(row.series(), row.eventTimeMillis(), row.features()));
    return Optional.of(span.build());
  }
}
