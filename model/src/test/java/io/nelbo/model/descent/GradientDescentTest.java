package io.nelbo.model.descent;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class GradientDescentTest {
  @Test
  void trimmingDropsTheWorstWindowsOfABatch() {
    float[] weights = GradientDescent.keptWeights(new float[] {1, 9, 2, 3}, 0.25);

    assertThat(weights).containsExactly(1 / 3f, 0, 1 / 3f, 1 / 3f);
  }
}
