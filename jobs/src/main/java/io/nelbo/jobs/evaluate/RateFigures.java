package io.nelbo.jobs.evaluate;

import io.nelbo.model.calibrate.BorderInterval;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Predicate;

/**
 * The figures of alarm counts, named after the asked rate: {@code ratio_0.01} is measured over
 * promised, pooled; {@code worst_0.01} the largest ratio of one model; {@code alarms_0.01} and
 * {@code expected_0.01} the counts behind it; {@code suitable_0.01} the share of models whose count
 * can tell anything; {@code inside_0.01} the share of these in their interval of 95 %.
 */
final class RateFigures {
  private RateFigures() {}

  /**
   * Of several models on one stream.
   *
   * @param counts at one asked rate, at least one
   * @param independent whether rows are: the interval holds for no others
   */
  static Map<String, OptionalDouble> of(List<AlarmCount> counts, boolean independent) {
    double asked = counts.get(0).asked();
    Map<String, OptionalDouble> figures = new LinkedHashMap<>();
    figures.put("ratio_" + asked, ratio(counts));
    figures.put("worst_" + asked, counts.stream().mapToDouble(AlarmCount::ratio).max());
    figures.put("in_force_" + asked, counts.stream().mapToDouble(AlarmCount::inForce).average());
    figures.put("alarms_" + asked, OptionalDouble.of(alarms(counts)));
    figures.put("expected_" + asked, OptionalDouble.of(expected(counts)));
    figures.put("suitable_" + asked, share(counts, AlarmCount::suitable));
    List<AlarmCount> suitable = counts.stream().filter(AlarmCount::suitable).toList();
    figures.put(
        "inside_" + asked,
        independent ? share(suitable, RateFigures::inside) : OptionalDouble.empty());
    if (counts.size() == 1) {
      Optional<BorderInterval> interval = independent ? counts.get(0).interval() : Optional.empty();
      figures.put("low_" + asked, whole(interval.map(BorderInterval::low)));
      figures.put("high_" + asked, whole(interval.map(BorderInterval::high)));
    }
    return figures;
  }

  /** Measured over promised, of all counts together. */
  static OptionalDouble ratio(List<AlarmCount> counts) {
    return quotient(alarms(counts), expected(counts));
  }

  /** The suitable ones of these figures together: sets of one model each. */
  static Map<String, OptionalDouble> pool(
      double asked, Collection<Map<String, OptionalDouble>> sets) {
    List<Map<String, OptionalDouble>> suitable =
        sets.stream().filter(figures -> value(figures, "suitable_" + asked) == 1).toList();
    double alarms = suitable.stream().mapToDouble(set -> value(set, "alarms_" + asked)).sum();
    double expected = suitable.stream().mapToDouble(set -> value(set, "expected_" + asked)).sum();
    Map<String, OptionalDouble> pooled = new LinkedHashMap<>();
    pooled.put("ratio_" + asked, quotient(alarms, expected));
    pooled.put(
        "worst_" + asked, suitable.stream().mapToDouble(set -> value(set, "ratio_" + asked)).max());
    pooled.put("alarms_" + asked, OptionalDouble.of(alarms));
    pooled.put("expected_" + asked, OptionalDouble.of(expected));
    pooled.put("suitable_" + asked, quotient(suitable.size(), sets.size()));
    pooled.put(
        "inside_" + asked,
        suitable.stream().mapToDouble(set -> value(set, "inside_" + asked)).average());
    return pooled;
  }

  private static boolean inside(AlarmCount count) {
    return count.interval().map(interval -> interval.contains(count.alarms())).orElse(false);
  }

  private static double value(Map<String, OptionalDouble> figures, String metric) {
    return figures.getOrDefault(metric, OptionalDouble.empty()).orElse(0);
  }

  private static double alarms(List<AlarmCount> counts) {
    return counts.stream().mapToDouble(AlarmCount::alarms).sum();
  }

  private static double expected(List<AlarmCount> counts) {
    return counts.stream().mapToDouble(AlarmCount::expected).sum();
  }

  private static OptionalDouble share(List<AlarmCount> counts, Predicate<AlarmCount> test) {
    return quotient((double) counts.stream().filter(test).count(), counts.size());
  }

  private static OptionalDouble quotient(double part, double whole) {
    return whole == 0 ? OptionalDouble.empty() : OptionalDouble.of(part / whole);
  }

  private static OptionalDouble whole(Optional<Long> count) {
    return count.map(OptionalDouble::of).orElseGet(OptionalDouble::empty);
  }
}
