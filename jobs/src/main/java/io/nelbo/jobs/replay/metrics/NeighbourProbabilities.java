package io.nelbo.jobs.replay.metrics;

import static io.nelbo.model.Preconditions.requireArgument;

import java.util.Arrays;

/**
 * How likely points are to pick each other as neighbours: the input side of t-SNE (van der Maaten
 * and Hinton 2008, JMLR 9, equation 1 and section 3.1).
 *
 * <pre>
 *   p(j|i) = exp(-beta_i d(i,j)^2) / sum over k of exp(-beta_i d(i,k)^2),   p(i|i) = 0
 *   p(i,j) = (p(j|i) + p(i|j)) / 2n
 * </pre>
 *
 * <p>Each beta is chosen such that the perplexity, exp of the entropy of p(.|i), is the asked one.
 */
final class NeighbourProbabilities {
  private static final int BISECTIONS = 100;
  private static final double TOLERANCE = 1e-6;

  private NeighbourProbabilities() {}

  /** The symmetric ones, n x n; they sum to 1. */
  static double[][] joint(double[][] points, double perplexity) {
    double[][] joint = conditional(points, perplexity);
    for (int i = 0; i < joint.length; i++) {
      for (int j = 0; j < i; j++) {
        double mean = (joint[i][j] + joint[j][i]) / (2.0 * joint.length);
        joint[i][j] = mean;
        joint[j][i] = mean;
      }
    }
    return joint;
  }

  /**
   * Row i holds p(.|i).
   *
   * @throws IllegalArgumentException when the perplexity is not in [1, n - 1)
   */
  static double[][] conditional(double[][] points, double perplexity) {
    requireArgument(
        perplexity >= 1 && perplexity < points.length - 1,
        "perplexity must lie in [1, %s), got %s",
        points.length - 1,
        perplexity);
    double[][] rows = new double[points.length][];
    for (int i = 0; i < points.length; i++) {
      rows[i] = row(squaredDistances(points, i), i, Math.log(perplexity));
    }
    return rows;
  }

  private static double[] row(double[] squared, int self, double wantedEntropy) {
    double low = 0;
    double high = Double.POSITIVE_INFINITY;
    // Equal points keep every perplexity too high: beta may double to the end without overflow.
    double beta = 1 / Math.max(1e-100, Arrays.stream(squared).average().orElse(1));
    double[] row = new double[squared.length];
    for (int i = 0; i < BISECTIONS; i++) {
      double entropy = fill(row, squared, self, beta);
      if (Math.abs(entropy - wantedEntropy) < TOLERANCE) {
        break;
      }
      if (entropy > wantedEntropy) {
        low = beta;
        beta = Double.isInfinite(high) ? beta * 2 : (low + high) / 2;
      } else {
        high = beta;
        beta = (low + high) / 2;
      }
    }
    return row;
  }

  /** Writes p(.|i) and returns its entropy in nats. */
  private static double fill(double[] row, double[] squared, int self, double beta) {
    double nearest = Double.POSITIVE_INFINITY;
    for (int j = 0; j < squared.length; j++) {
      nearest = j == self ? nearest : Math.min(nearest, squared[j]);
    }
    double sum = 0;
    double weighted = 0;
    for (int j = 0; j < squared.length; j++) {
      double excess = squared[j] - nearest; // cancels in the quotient, saves it from underflow
      row[j] = j == self ? 0 : Math.exp(-beta * excess);
      sum += row[j];
      weighted += beta * excess * row[j];
    }
    for (int j = 0; j < row.length; j++) {
      row[j] /= sum;
    }
    return Math.log(sum) + weighted / sum;
  }

  private static double[] squaredDistances(double[][] points, int from) {
    double[] squared = new double[points.length];
    for (int j = 0; j < points.length; j++) {
      for (int k = 0; k < points[j].length; k++) {
        double difference = points[from][k] - points[j][k];
        squared[j] += difference * difference;
      }
    }
    return squared;
  }
}
