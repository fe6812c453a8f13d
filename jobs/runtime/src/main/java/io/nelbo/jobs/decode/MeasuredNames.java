package io.nelbo.jobs.decode;

import io.nelbo.jobs.config.NelboConfig;
import io.nelbo.model.record.Frames;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Names of the values that a record brings, in their order: features, then the fields of the
 * context. Knows how to speak of them.
 *
 * @param all of both
 * @param features how many of them, from the first, are features
 */
record MeasuredNames(List<String> all, int features) {
  MeasuredNames {
    all = List.copyOf(all);
  }

  static MeasuredNames of(NelboConfig config) {
    if (config.shape() instanceof Frames frames) {
      int values = frames.featureCount();
      return new MeasuredNames(
          IntStream.range(0, values).mapToObj(i -> "pixel " + i).toList(), values);
    }
    return new MeasuredNames(config.measured(), config.features().size());
  }

  int size() {
    return all.size();
  }

  boolean hasContext() {
    return all.size() > features;
  }

  /** One of them with what it is. */
  String describe(int index) {
    return (index < features ? "feature " : "context field ") + all.get(index);
  }

  /** How many of which. */
  String count() {
    return hasContext()
        ? "%d features and %d context fields".formatted(features, all.size() - features)
        : "%d features".formatted(features);
  }

  /** Why so many values are no record. */
  String wrongNumber(int found) {
    return hasContext()
        ? "found %d values, expected %d: %s".formatted(found, all.size(), count())
        : "found %d features, expected %d".formatted(found, features);
  }
}
