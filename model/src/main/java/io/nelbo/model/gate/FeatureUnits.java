package io.nelbo.model.gate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The size of a fault: centre and spread of each feature of each series over the held-out rows
 * themselves, by their quartiles, so that neither model's own scale decides what is large.
 */
final class FeatureUnits {
  /** The interquartile range of a normal distribution, in standard deviations. */
  private static final double NORMAL_RANGE = 1.349;

  /** The quartiles of fewer values say little. */
  private static final int LEAST_VALUES = 8;

  private final int features;
  private final Map<String, double[][]> centreAndUnit = new HashMap<>();

  FeatureUnits(HeldOutWindows windows) {
    features = windows.features();
    Map<String, List<Integer>> bySeries = new HashMap<>();
    for (int window = 0; window < windows.size(); window++) {
      bySeries.computeIfAbsent(windows.series(window), name -> new ArrayList<>()).add(window);
    }
    bySeries.forEach(
        (series, rows) -> {
          double[][] values = new double[2][features];
          for (int feature = 0; feature < features; feature++) {
            int column = feature;
            double[] sorted =
                rows.stream()
                    .mapToDouble(row -> windows.newest(row, column))
                    .filter(value -> !Double.isNaN(value))
                    .sorted()
                    .toArray();
            if (sorted.length >= LEAST_VALUES) {
              values[0][feature] = quantile(sorted, 0.5);
              values[1][feature] = (quantile(sorted, 0.75) - quantile(sorted, 0.25)) / NORMAL_RANGE;
            }
          }
          centreAndUnit.put(series, values);
        });
  }

  double centre(String series, int feature) {
    return of(series)[0][feature];
  }

  /** Positive for the features of {@link #moving}. */
  double unit(String series, int feature) {
    return of(series)[1][feature];
  }

  /** Features of the series that move at all; a fault of the others has no size. */
  int[] moving(String series) {
    double[] units = of(series)[1];
    int[] moving = new int[features];
    int count = 0;
    for (int feature = 0; feature < features; feature++) {
      if (units[feature] > 0) {
        moving[count++] = feature;
      }
    }
    return Arrays.copyOf(moving, count);
  }

  private double[][] of(String series) {
    return centreAndUnit.getOrDefault(series, new double[2][features]);
  }

  private static double quantile(double[] sorted, double share) {
    return sorted[(int) (share * (sorted.length - 1))];
  }
}
