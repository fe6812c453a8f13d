package io.nelbo.jobs.replay.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class NeighbourMapTest {
  @Test
  void theConditionalProbabilitiesHaveTheAskedPerplexity() {
    double[][] points = gaussian(80, 5, 0, 1);

    double[][] conditional = NeighbourProbabilities.conditional(points, 20);

    for (int i = 0; i < points.length; i++) {
      assertThat(conditional[i][i]).isZero();
      assertThat(Arrays.stream(conditional[i]).sum()).isEqualTo(1, within(1e-12));
      assertThat(Math.exp(entropy(conditional[i]))).isEqualTo(20, within(1e-3));
    }
  }

  @Test
  void theJointProbabilitiesAreSymmetricAndSumToOne() {
    double[][] joint = NeighbourProbabilities.joint(gaussian(40, 3, 0, 2), 10);

    double sum = 0;
    for (int i = 0; i < joint.length; i++) {
      for (int j = 0; j < joint.length; j++) {
        assertThat(joint[i][j]).isEqualTo(joint[j][i]);
        sum += joint[i][j];
      }
    }
    assertThat(sum).isEqualTo(1, within(1e-12));
  }

  @Test
  void theGradientEqualsFiniteDifferencesOfTheDivergence() {
    double[][] joint = NeighbourProbabilities.joint(gaussian(12, 4, 0, 3), 4);
    double[][] map = gaussian(12, 2, 0, 4);
    double step = 1e-6;

    double[][] gradient = NeighbourMap.gradient(joint, map, 1);

    for (int i = 0; i < map.length; i++) {
      for (int k = 0; k < 2; k++) {
        double before = map[i][k];
        map[i][k] = before + step;
        double above = NeighbourMap.divergence(joint, map);
        map[i][k] = before - step;
        double below = NeighbourMap.divergence(joint, map);
        map[i][k] = before;
        assertThat(gradient[i][k]).isEqualTo((above - below) / (2 * step), within(1e-7));
      }
    }
  }

  @Test
  void separatedCloudsStaySeparatedOnTheMap() {
    double[][] points = new double[120][];
    System.arraycopy(gaussian(60, 6, 0, 5), 0, points, 0, 60);
    System.arraycopy(gaussian(60, 6, 12, 6), 0, points, 60, 60);

    double[][] map = new NeighbourMap(15, 300, 1).of(points);

    for (int i = 0; i < map.length; i++) {
      assertThat(nearest(map, i) < 60).as("the nearest of point %d", i).isEqualTo(i < 60);
    }
  }

  @Test
  void theSameSeedDrawsTheSameMapAndEqualPointsAreNoProblem() {
    double[][] points = new double[30][3];

    double[][] first = new NeighbourMap(30, 100, 7).of(points);
    double[][] second = new NeighbourMap(30, 100, 7).of(points);

    assertThat(first).isDeepEqualTo(second);
    assertThat(Arrays.stream(first).flatMapToDouble(Arrays::stream))
        .allSatisfy(value -> assertThat(value).isFinite());
  }

  @Test
  void aMapOfFourPointsIsRefused() {
    NeighbourMap map = new NeighbourMap(30, 10, 1);

    assertThatThrownBy(() -> map.of(new double[4][2]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("there must be at least 5 points, got 4");
  }

  private static int nearest(double[][] map, int from) {
    int nearest = -1;
    double least = Double.POSITIVE_INFINITY;
    for (int j = 0; j < map.length; j++) {
      double distance = Math.hypot(map[from][0] - map[j][0], map[from][1] - map[j][1]);
      if (j != from && distance < least) {
        least = distance;
        nearest = j;
      }
    }
    return nearest;
  }

  private static double entropy(double[] probabilities) {
    return -Arrays.stream(probabilities).filter(p -> p > 0).map(p -> p * Math.log(p)).sum();
  }

  private static double[][] gaussian(int points, int dimensions, double centre, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[][] drawn = new double[points][dimensions];
    for (double[] point : drawn) {
      Arrays.setAll(point, k -> centre + random.nextGaussian());
    }
    return drawn;
  }
}
