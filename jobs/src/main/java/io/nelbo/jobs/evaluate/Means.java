package io.nelbo.jobs.evaluate;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/** Means over sets and over seeds; what is not defined is left out. */
final class Means {
  private Means() {}

  static Map<String, OptionalDouble> bySet(Collection<Map<String, OptionalDouble>> figures) {
    return combine(figures, values -> values.stream().mapToDouble(value -> value).average());
  }

  /** In how many of them this figure is defined. */
  static int defined(String metric, Collection<Map<String, OptionalDouble>> figures) {
    return (int)
        figures.stream()
            .filter(each -> each.getOrDefault(metric, OptionalDouble.empty()).isPresent())
            .count();
  }

  /** Sample standard deviation; empty for fewer than two. */
  static Map<String, OptionalDouble> spread(Collection<Map<String, OptionalDouble>> figures) {
    return combine(
        figures,
        values -> {
          if (values.size() < 2) {
            return OptionalDouble.empty();
          }
          ToDoubleFunction<Double> plain = value -> value;
          double mean = values.stream().mapToDouble(plain).average().orElseThrow();
          double squares =
              values.stream().mapToDouble(value -> (value - mean) * (value - mean)).sum();
          return OptionalDouble.of(Math.sqrt(squares / (values.size() - 1)));
        });
  }

  /** One way to make one figure of many. */
  private interface Combination {
    OptionalDouble of(List<Double> values);
  }

  private static Map<String, OptionalDouble> combine(
      Collection<Map<String, OptionalDouble>> figures, Combination combination) {
    Set<String> metrics = new LinkedHashSet<>();
    figures.forEach(each -> metrics.addAll(each.keySet()));
    Map<String, OptionalDouble> combined = new LinkedHashMap<>();
    for (String metric : metrics) {
      List<Double> values =
          figures.stream()
              .map(each -> each.getOrDefault(metric, OptionalDouble.empty()))
              .filter(OptionalDouble::isPresent)
              .map(OptionalDouble::getAsDouble)
              .toList();
      combined.put(metric, combination.of(values));
    }
    return combined;
  }
}
