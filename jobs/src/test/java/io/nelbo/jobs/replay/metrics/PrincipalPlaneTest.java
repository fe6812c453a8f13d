package io.nelbo.jobs.replay.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

final class PrincipalPlaneTest {
  @Test
  void theWidestDirectionsComeFirst() {
    double[][] points = {{5, -2, 0}, {5, 2, 0}, {5, 0, 4}, {5, 0, -4}};

    PrincipalPlane plane = PrincipalPlane.of(points);

    assertThat(Math.abs(plane.coordinates()[2][0])).isEqualTo(4, within(1e-9));
    assertThat(plane.coordinates()[2][1]).isEqualTo(0, within(1e-9));
    assertThat(Math.abs(plane.coordinates()[0][1])).isEqualTo(2, within(1e-9));
    assertThat(plane.firstShare()).isEqualTo(0.8, within(1e-9));
    assertThat(plane.secondShare()).isEqualTo(0.2, within(1e-9));
  }

  @Test
  void oneDimensionHasNoSecondCoordinate() {
    PrincipalPlane plane = PrincipalPlane.of(new double[][] {{1}, {3}});

    assertThat(Math.abs(plane.coordinates()[0][0])).isEqualTo(1, within(1e-12));
    assertThat(plane.coordinates()[0][1]).isZero();
    assertThat(plane.firstShare()).isEqualTo(1);
    assertThat(plane.secondShare()).isZero();
  }

  @Test
  void equalPointsShareNoVariance() {
    PrincipalPlane plane = PrincipalPlane.of(new double[3][2]);

    assertThat(plane.firstShare()).isZero();
    assertThat(plane.coordinates()).isDeepEqualTo(new double[3][2]);
  }
}
