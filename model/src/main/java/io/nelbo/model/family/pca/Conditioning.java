package io.nelbo.model.family.pca;

import io.nelbo.model.record.WindowShape;
import java.util.Arrays;

/**
 * What the values of a window say of its latent, one after the other: first all that is given (the
 * older records and the newest one's context), then the newest record's features.
 *
 * <p>Each observed value moves the Gaussian over the latent as a Kalman filter does. The gains
 * depend on which values there are, not on what they are, so that they are found once for a
 * pattern. {@code -log p} of the features, given the rest, is the sum of what each adds; a missing
 * one adds nothing, which is the marginal of the others.
 */
final class Conditioning {
  private final LinearGaussian model;
  private final int[] given;
  private final double[][] givenGain;
  private final int[] seen;
  private final double[][] seenGain;
  private final double[] variance;
  private final double[][] priorPrecision;
  private final double[][] posterior;
  private final double divergence;

  /**
   * @param observed which values of a window there are
   */
  Conditioning(LinearGaussian model, WindowShape window, boolean[] observed) {
    this.model = model;
    int features = window.features();
    int newest = window.newest(0);
    int[] first = new int[observed.length];
    int[] then = new int[features];
    int firsts = 0;
    int thens = 0;
    for (int value = 0; value < observed.length; value++) {
      if (!observed[value]) {
        continue;
      }
      if (value >= newest && value < newest + features) {
        then[thens++] = value;
      } else {
        first[firsts++] = value;
      }
    }
    given = Arrays.copyOf(first, firsts);
    seen = Arrays.copyOf(then, thens);
    int latent = model.latent();
    double[][] covariance = identity(latent);
    priorPrecision = identity(latent);
    givenGain = new double[given.length][];
    for (int i = 0; i < given.length; i++) {
      double[] weights = model.weights()[given[i]];
      givenGain[i] = update(covariance, weights, predicted(covariance, weights));
      addOuter(priorPrecision, weights, 1 / model.variance());
    }
    seenGain = new double[seen.length][];
    variance = new double[seen.length];
    double logs = 0;
    for (int i = 0; i < seen.length; i++) {
      double[] weights = model.weights()[seen[i]];
      variance[i] = predicted(covariance, weights);
      seenGain[i] = update(covariance, weights, variance[i]);
      logs += Math.log(variance[i] / model.variance());
    }
    posterior = covariance;
    double explained = 0;
    for (int value : seen) {
      explained += quadratic(posterior, model.weights()[value]) / model.variance();
    }
    divergence = logs - explained;
  }

  /** What one window says. */
  final class State {
    private final double[] prior;
    private final double[] mean;
    private final double[] squares = new double[seen.length];

    private State(double[] values) {
      mean = new double[model.latent()];
      for (int i = 0; i < given.length; i++) {
        move(given[i], values[given[i]], givenGain[i]);
      }
      prior = mean.clone();
      for (int i = 0; i < seen.length; i++) {
        double off = move(seen[i], values[seen[i]], seenGain[i]);
        squares[i] = off * off / variance[i];
      }
    }

    private double move(int value, double observed, double[] gain) {
      double off = observed - model.mean()[value] - dot(model.weights()[value], mean);
      for (int i = 0; i < mean.length; i++) {
        mean[i] += gain[i] * off;
      }
      return off;
    }

    /** Squared deviation of the i-th observed feature from what was expected, in its variances. */
    double square(int i) {
      return squares[i];
    }

    /** Mean of the latent under the exact posterior. */
    double[] mean() {
      return mean;
    }

    /**
     * Divergence of the posterior of the latent from its prior, both Gaussian, in nats: the prior
     * is what the given values say of it, N(0, I) where there are none.
     */
    double divergence() {
      double[] moved = new double[mean.length];
      for (int i = 0; i < moved.length; i++) {
        moved[i] = mean[i] - prior[i];
      }
      return 0.5 * (divergence + quadratic(priorPrecision, moved));
    }
  }

  /** Takes in a window's values; those that are not observed are not looked at. */
  State take(double[] values) {
    return new State(values);
  }

  /** The observed features of the newest record, by their places in the window. */
  int[] seen() {
    return seen;
  }

  /** Variance of the i-th observed feature before it was seen, after those before it. */
  double variance(int i) {
    return variance[i];
  }

  /** Variance that the posterior leaves to the mean of a value. */
  double spread(int value) {
    return quadratic(posterior, model.weights()[value]);
  }

  private double predicted(double[][] covariance, double[] weights) {
    return quadratic(covariance, weights) + model.variance();
  }

  /** The gain; the covariance becomes that after the value was seen. */
  private static double[] update(double[][] covariance, double[] weights, double predicted) {
    double[] gain = new double[weights.length];
    for (int i = 0; i < gain.length; i++) {
      gain[i] = dot(covariance[i], weights);
    }
    addOuter(covariance, gain, -1 / predicted);
    for (int i = 0; i < gain.length; i++) {
      gain[i] /= predicted;
    }
    return gain;
  }

  private static void addOuter(double[][] matrix, double[] vector, double factor) {
    for (int i = 0; i < vector.length; i++) {
      for (int j = 0; j < vector.length; j++) {
        matrix[i][j] += factor * (vector[i] * vector[j]); // symmetric to the bit
      }
    }
  }

  private static double quadratic(double[][] matrix, double[] vector) {
    double sum = 0;
    for (int i = 0; i < vector.length; i++) {
      sum += vector[i] * dot(matrix[i], vector);
    }
    return sum;
  }

  static double dot(double[] one, double[] other) {
    double sum = 0;
    for (int i = 0; i < one.length; i++) {
      sum += one[i] * other[i];
    }
    return sum;
  }

  private static double[][] identity(int size) {
    double[][] matrix = new double[size][size];
    for (int i = 0; i < size; i++) {
      matrix[i][i] = 1;
    }
    return matrix;
  }
}
