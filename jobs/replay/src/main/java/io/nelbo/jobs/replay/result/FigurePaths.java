package io.nelbo.jobs.replay.result;

import java.util.LinkedHashMap;
import java.util.Map;

/** The figures of {@code metrics.json} by their paths. */
public final class FigurePaths {
  private FigurePaths() {}

  /** Every number of the tree by its path, dots descend; lists are left out. */
  public static Map<String, Double> numbers(Map<?, ?> tree) {
    Map<String, Double> numbers = new LinkedHashMap<>();
    collect("", tree, numbers);
    return numbers;
  }

  private static void collect(String prefix, Map<?, ?> tree, Map<String, Double> into) {
    tree.forEach(
        (name, value) -> {
          String path = prefix + name;
          if (value instanceof Number number) {
            into.put(path, number.doubleValue());
          } else if (value instanceof Map<?, ?> inner) {
            collect(path + ".", inner, into);
          }
        });
  }
}
