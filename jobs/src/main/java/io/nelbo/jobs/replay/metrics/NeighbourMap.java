package io.nelbo.jobs.replay.metrics;

import static io.nelbo.model.Preconditions.requireArgument;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * A map in two dimensions on which neighbours stay neighbours: exact t-SNE (van der Maaten and
 * Hinton 2008, JMLR 9). Distances between far groups mean little.
 *
 * <p>Departures from the paper: it starts from the principal plane (Kobak and Berens 2019), and
 * exaggeration and step size are those of Belkina et al. 2019. Time and memory grow with the square
 * of the points: 1,000 take a few seconds.
 */
public final class NeighbourMap {
  private static final double EXAGGERATION = 12;
  private static final double START_SPREAD = 1e-4;
  private static final double LEAST_GAIN = 0.01;

  private final double perplexity;
  private final int iterations;
  private final long seed;

  /**
   * @param perplexity about how many neighbours a point has; lowered for fewer than three times as
   *     many points
   * @param iterations of which the first third exaggerates
   * @param seed of the noise that parts equal points
   */
  public NeighbourMap(double perplexity, int iterations, long seed) {
    requireArgument(perplexity >= 1, "perplexity must be at least 1, got %s", perplexity);
    requireArgument(iterations >= 1, "iterations must be positive, got %s", iterations);
    this.perplexity = perplexity;
    this.iterations = iterations;
    this.seed = seed;
  }

  /**
   * Two coordinates per point.
   *
   * @throws IllegalArgumentException for fewer than 5 points
   */
  public double[][] of(double[][] points) {
    requireArgument(points.length >= 5, "there must be at least 5 points, got %s", points.length);
    double possible = Math.max(1, (points.length - 1) / 3.0);
    double[][] joint = NeighbourProbabilities.joint(points, Math.min(perplexity, possible));
    double[][] map = start(points);
    double[][] velocity = new double[map.length][2];
    double[][] gains = new double[map.length][2];
    Arrays.stream(gains).forEach(gain -> Arrays.fill(gain, 1));
    double rate = Math.max(points.length / EXAGGERATION / 4, 50);
    for (int iteration = 0; iteration < iterations; iteration++) {
      boolean early = iteration < iterations / 3;
      double[][] gradient = gradient(joint, map, early ? EXAGGERATION : 1);
      step(map, gradient, velocity, gains, rate, early ? 0.5 : 0.8);
    }
    return map;
  }

  private double[][] start(double[][] points) {
    double[][] map = PrincipalPlane.of(points).coordinates();
    double variance = Arrays.stream(map).mapToDouble(at -> at[0] * at[0]).average().orElseThrow();
    double scale = variance > 0 ? START_SPREAD / Math.sqrt(variance) : 0;
    SplittableRandom random = new SplittableRandom(seed);
    for (double[] at : map) {
      at[0] = scale * at[0] + 0.01 * START_SPREAD * random.nextGaussian();
      at[1] = scale * at[1] + 0.01 * START_SPREAD * random.nextGaussian();
    }
    return map;
  }

  /** Momentum with a gain per coordinate (Jacobs 1988), as the paper's section 3.4 has it. */
  private static void step(
      double[][] map,
      double[][] gradient,
      double[][] velocity,
      double[][] gains,
      double rate,
      double momentum) {
    for (int i = 0; i < map.length; i++) {
      for (int k = 0; k < 2; k++) {
        boolean turned = gradient[i][k] > 0 == velocity[i][k] > 0;
        double gain = turned ? gains[i][k] * 0.8 : gains[i][k] + 0.2;
        gains[i][k] = Math.max(LEAST_GAIN, gain);
        velocity[i][k] = momentum * velocity[i][k] - rate * gains[i][k] * gradient[i][k];
        map[i][k] += velocity[i][k];
      }
    }
  }

  /**
   * Equation 5: {@code dC/dy_i = 4 sum_j (p_ij - q_ij) (y_i - y_j) / (1 + |y_i - y_j|^2)}, with
   * {@code q_ij} proportional to the last factor.
   *
   * @param exaggeration multiplies every p
   */
  static double[][] gradient(double[][] joint, double[][] map, double exaggeration) {
    double[] x = Arrays.stream(map).mapToDouble(at -> at[0]).toArray();
    double[] y = Arrays.stream(map).mapToDouble(at -> at[1]).toArray();
    double sum = 0;
    for (int i = 0; i < map.length; i++) {
      for (int j = 0; j < i; j++) {
        sum += 2 * closeness(x[i] - x[j], y[i] - y[j]);
      }
    }
    double[][] gradient = new double[map.length][2];
    for (int i = 0; i < map.length; i++) {
      double[] attraction = joint[i];
      double alongX = 0;
      double alongY = 0;
      for (int j = 0; j < map.length; j++) { // twice the pairs, but no scattered writes
        double byX = x[i] - x[j];
        double byY = y[i] - y[j];
        double near = closeness(byX, byY);
        double pull = (exaggeration * attraction[j] - near / sum) * near;
        alongX += pull * byX;
        alongY += pull * byY;
      }
      gradient[i][0] = 4 * alongX;
      gradient[i][1] = 4 * alongY;
    }
    return gradient;
  }

  /** The cost: Kullback-Leibler divergence of the map's neighbours from the points', in nats. */
  static double divergence(double[][] joint, double[][] map) {
    double sum = 0;
    for (int i = 0; i < map.length; i++) {
      for (int j = 0; j < map.length; j++) {
        sum += i == j ? 0 : closeness(map[i][0] - map[j][0], map[i][1] - map[j][1]);
      }
    }
    double divergence = 0;
    for (int i = 0; i < map.length; i++) {
      for (int j = 0; j < map.length; j++) {
        if (i != j && joint[i][j] > 0) {
          divergence +=
              joint[i][j]
                  * Math.log(
                      joint[i][j] * sum / closeness(map[i][0] - map[j][0], map[i][1] - map[j][1]));
        }
      }
    }
    return divergence;
  }

  /** Student's t with one degree of freedom, not normalised. */
  private static double closeness(double x, double y) {
    return 1 / (1 + x * x + y * y);
  }
}
