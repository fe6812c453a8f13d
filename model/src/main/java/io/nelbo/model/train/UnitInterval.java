package io.nelbo.model.train;

import io.nelbo.model.fit.TrainingException;
import io.nelbo.model.record.RecordColumns;
import io.nelbo.model.record.Segment;
import java.util.List;

/** What the Bernoulli likelihood demands of a span. */
final class UnitInterval {
  private UnitInterval() {}

  /**
   * @throws TrainingException when there is context, or a value outside [0, 1]
   */
  static void require(List<Segment> segments, RecordColumns columns) throws TrainingException {
    if (!columns.contextNames().isEmpty()) {
      throw new TrainingException(
          "the bernoulli likelihood takes no context, the span has " + columns.contextNames());
    }
    for (Segment segment : segments) {
      require(segment, columns.features());
    }
  }

  private static void require(Segment segment, List<String> features) throws TrainingException {
    for (int i = 0; i < segment.values().length; i++) {
      float value = segment.values()[i];
      if (value < 0 || value > 1) { // NaN is neither
        throw new TrainingException(
            String.format(
                "feature %s holds %s in record %s of %s, the bernoulli likelihood takes values in"
                    + " [0, 1]",
                features.get(i % features.size()), value, i / features.size(), segment.series()));
      }
    }
  }
}
