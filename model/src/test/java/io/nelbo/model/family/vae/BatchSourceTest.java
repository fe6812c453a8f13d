package io.nelbo.model.family.vae;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class BatchSourceTest {
  @Test
  void aPixelIsBrightAsOftenAsItIsGrey() {
    float[] values = new float[30_000];
    Arrays.fill(values, 0.3f);
    values[7] = Float.NaN;

    BatchSource.binarise(values, new SplittableRandom(4));

    assertThat(values[7]).isNaN();
    double ones = 0;
    for (float value : values) {
      ones += value == 1f ? 1 : 0;
      assertThat(value == 0f || value == 1f || Float.isNaN(value)).isTrue();
    }
    assertThat(ones / values.length).isEqualTo(0.3, within(0.01));
  }
}
