package io.nelbo.model.train;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What to add to each series' statistic so that all series share one median.
 *
 * <p>The difference is shrunk by {@code n / (n + 50)}: a series with few windows stays near the
 * global one. Found on the stop blocks, which neither the gradient nor the calibration uses.
 */
final class ScoreOffsets {
  private static final double SHRINKAGE = 50;

  private ScoreOffsets() {}

  static Map<String, Double> of(List<String> seriesOfWindow, double[] statistics) {
    Map<String, List<Double>> bySeries = new HashMap<>();
    List<Double> all = new ArrayList<>();
    for (int i = 0; i < statistics.length; i++) {
      bySeries.computeIfAbsent(seriesOfWindow.get(i), name -> new ArrayList<>()).add(statistics[i]);
      all.add(statistics[i]);
    }
    double global = median(all);
    Map<String, Double> offsets = new TreeMap<>();
    bySeries.forEach(
        (series, own) -> {
          double shrink = own.size() / (own.size() + SHRINKAGE);
          offsets.put(series, (global - median(own)) * shrink);
        });
    return offsets;
  }

  private static double median(List<Double> values) {
    Collections.sort(values);
    int middle = values.size() / 2;
    return values.size() % 2 == 1
        ? values.get(middle)
        : 0.5 * (values.get(middle - 1) + values.get(middle));
  }
}
