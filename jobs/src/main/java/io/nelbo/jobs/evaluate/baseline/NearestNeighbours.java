package io.nelbo.jobs.evaluate.baseline;

import java.util.Arrays;

/**
 * Distance of the standardised row to its fifth nearest neighbour (Ramaswamy et al. 2000). A row
 * that was fitted to is not its own neighbour. Of more than 10,000 rows every k-th is kept.
 */
final class NearestNeighbours implements Baseline {
  private static final int NEIGHBOURS = 5;
  private static final int MOST_ROWS = 10_000;

  @Override
  public String name() {
    return "knn";
  }

  @Override
  public Fitted fit(float[][] rows) {
    Standardisation scale = Standardisation.fit(rows);
    int step = (rows.length + MOST_ROWS - 1) / MOST_ROWS;
    double[][] kept = new double[(rows.length + step - 1) / step][];
    for (int i = 0; i < kept.length; i++) {
      kept[i] = scale.apply(rows[i * step]);
    }
    return (row, fittedAs) -> {
      int self = fittedAs >= 0 && fittedAs % step == 0 ? fittedAs / step : Fitted.NEW;
      return Math.sqrt(distance(kept, scale.apply(row), self));
    };
  }

  private static double distance(double[][] kept, double[] scaled, int self) {
    double[] nearest = new double[Math.min(NEIGHBOURS, kept.length - (self >= 0 ? 1 : 0))];
    Arrays.fill(nearest, Double.POSITIVE_INFINITY);
    int last = nearest.length - 1;
    for (int i = 0; i < kept.length; i++) {
      if (i == self) {
        continue;
      }
      double squared = squared(kept[i], scaled, nearest[last]);
      int place = last;
      if (squared >= nearest[last]) {
        continue;
      }
      while (place > 0 && nearest[place - 1] > squared) {
        nearest[place] = nearest[place - 1];
        place--;
      }
      nearest[place] = squared;
    }
    return nearest[last];
  }

  /** Stops counting once it is beyond what matters. */
  private static double squared(double[] first, double[] second, double enough) {
    double sum = 0;
    for (int feature = 0; feature < first.length && sum < enough; feature++) {
      double difference = first[feature] - second[feature];
      sum += difference * difference;
    }
    return sum;
  }
}
