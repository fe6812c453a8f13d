package io.nelbo.jobs.progress;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class NeverObservedTest {
  private static final float[] NEITHER = {1, Float.NaN, Float.NaN, 7};

  private final NeverObserved features = new NeverObserved(List.of("a", "b", "c"));

  @Test
  void isSaidAfterTenThousandRecordsAndEachTimeAfterTenTimesAsMany() {
    List<Long> said = new ArrayList<>();

    for (long record = 1; record <= 200_000; record++) {
      if (features.see(NEITHER)) {
        said.add(record);
      }
    }

    assertThat(said).containsExactly(10_000L, 100_000L);
    assertThat(features.names()).containsExactly("b", "c");
  }

  @Test
  void aFeatureThatCameOnceIsNotNamed() {
    features.see(new float[] {Float.NaN, 2, Float.NaN, 7});
    for (int record = 2; record <= 10_000; record++) {
      features.see(NEITHER);
    }

    assertThat(features.names()).containsExactly("c");
    assertThat(features.records()).isEqualTo(10_000);
  }

  @Test
  void whereAllHaveBeenSeenNothingIsSaid() {
    boolean said = false;

    for (int record = 0; record < 20_000; record++) {
      said |= features.see(new float[] {1, 2, 3, Float.NaN});
    }

    assertThat(said).isFalse();
    assertThat(features.names()).isEmpty();
  }
}
