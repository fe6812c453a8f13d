package io.nelbo.jobs.evaluate;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Figures of the whole corpus, of the detector or of a baseline.
 *
 * @param figures by metric
 * @param sets how many sets each is taken over, by metric
 */
public record Summary(Map<String, OptionalDouble> figures, Map<String, Integer> sets) {
  /** Counts the sets of each figure. */
  static Summary of(
      Suite suite,
      Map<String, OptionalDouble> figures,
      Map<String, Map<String, OptionalDouble>> sets) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    figures.keySet().forEach(metric -> counts.put(metric, suite.taken(metric, sets)));
    return new Summary(figures, counts);
  }

  /** The smallest number of sets that a figure is taken over. */
  public int least() {
    return sets.values().stream().mapToInt(count -> count).min().orElse(0);
  }

  /** The largest. */
  public int most() {
    return sets.values().stream().mapToInt(count -> count).max().orElse(0);
  }
}
