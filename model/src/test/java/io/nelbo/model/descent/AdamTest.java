package io.nelbo.model.descent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

final class AdamTest {
  @Test
  void theFirstStepIsTheLearningRateInTheDirectionOfTheSign() {
    float[] parameters = {1f, 1f, 1f};

    new Adam(3, 100).step(parameters, new float[] {0.5f, -20f, 0f}, 0.1);

    assertThat(parameters[0]).isEqualTo(0.9f, within(1e-6f));
    assertThat(parameters[1]).isEqualTo(1.1f, within(1e-6f));
    assertThat(parameters[2]).isEqualTo(1f);
  }

  @Test
  void findsTheMinimumOfAParabola() {
    float[] parameters = {5f};
    Adam adam = new Adam(1, 10);

    for (int step = 0; step < 2000; step++) {
      adam.step(parameters, new float[] {2 * (parameters[0] - 3)}, 0.05);
    }

    assertThat(parameters[0]).isEqualTo(3f, within(1e-2f));
  }

  @Test
  void movesNothingWhenTheGradientIsNotANumber() {
    float[] parameters = {1f, 2f};

    boolean moved = new Adam(2, 10).step(parameters, new float[] {1f, Float.NaN}, 0.1);

    assertThat(moved).isFalse();
    assertThat(parameters).containsExactly(1f, 2f);
  }
}
