package io.nelbo.model.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.nelbo.model.artifact.Tensor;
import org.junit.jupiter.api.Test;

final class NoiseBankTest {
  @Test
  void drawsMirrorEachOtherAndHaveUnitSecondMoment() {
    Tensor noise = NoiseBank.draw(8, 5, 7);

    assertThat(noise.shape()).containsExactly(8, 5);
    for (int dimension = 0; dimension < 5; dimension++) {
      double square = 0;
      for (int draw = 0; draw < 4; draw++) {
        float value = noise.values()[draw * 5 + dimension];
        assertThat(noise.values()[(draw + 4) * 5 + dimension]).isEqualTo(-value);
        square += (double) value * value;
      }
      assertThat(square / 4).isEqualTo(1, within(1e-6));
    }
  }

  @Test
  void isAFunctionOfItsSeed() {
    assertThat(NoiseBank.draw(4, 3, 1).values()).isEqualTo(NoiseBank.draw(4, 3, 1).values());
    assertThat(NoiseBank.draw(4, 3, 1).values()).isNotEqualTo(NoiseBank.draw(4, 3, 2).values());
  }

  @Test
  void refusesAnOddNumberOfDraws() {
    assertThatThrownBy(() -> NoiseBank.draw(3, 2, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("samples must be even (pairs), got 3");
  }
}
