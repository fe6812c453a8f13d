package io.nelbo.jobs.replay.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class PixelMapTest {
  @Test
  void aCoarseMapIsBilinearBetweenTheCentresOfItsCells() {
    PixelMap coarse = new PixelMap(1, 2, new float[] {0, 4});

    PixelMap fine = coarse.scaledTo(2, 4);

    assertThat(fine.values()).containsExactly(0, 1, 3, 4, 0, 1, 3, 4);
  }

  @Test
  void aMapOfTheRightSizeStaysWhatItIs() {
    PixelMap map = new PixelMap(2, 1, new float[] {1, 2});

    assertThat(map.scaledTo(2, 1)).isSameAs(map);
  }

  @Test
  void aMapHoldsAsManyValuesAsItHasCells() {
    assertThatThrownBy(() -> new PixelMap(2, 2, new float[3]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a map of 2 x 2 must hold as many values, got 3");
  }
}
