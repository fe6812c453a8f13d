package io.nelbo.jobs.replay.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

final class EigenSpaceTest {
  @Test
  void theWidestAxisComesFirst() {
    EigenSpace space = EigenSpace.of(new double[][] {{0, 1}, {0, -1}, {3, 0}, {-3, 0}});

    assertThat(space.size()).isEqualTo(2);
    assertThat(space.variance(0)).isEqualTo(4.5, within(1e-12));
    assertThat(space.variance(1)).isEqualTo(0.5, within(1e-12));
    assertThat(Math.abs(space.coordinate(new double[] {2, 1}, 0))).isEqualTo(2, within(1e-12));
  }

  @Test
  void axesThatAreNotFoundAreToldInWords() {
    double[][] rows = {{1, 2, 3}, {Double.NaN, 5, 6}, {7, 8, 10}};

    assertThatThrownBy(() -> EigenSpace.of(rows))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "the principal axes of 3 features were not found: the iteration did not converge");
  }
}
