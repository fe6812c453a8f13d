package io.nelbo.model.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class OutliersTest {
  @Test
  void oneThatIsFarBeyondAllOthersIsOne() {
    double[] statistics = exponential(new SplittableRandom(1), 114);
    statistics[40] = 108;

    assertThat(Outliers.from(statistics)).isEqualTo(108);
  }

  @Test
  void soAreTwoAlike() {
    double[] statistics = exponential(new SplittableRandom(2), 114);
    statistics[40] = 100;
    statistics[70] = 108;

    assertThat(Outliers.from(statistics)).isEqualTo(100);
  }

  @Test
  void manyOfThemAreAnotherKindOfNormal() {
    double[] statistics = exponential(new SplittableRandom(3), 100);
    for (int i = 0; i < 10; i++) {
      statistics[10 * i] = 100 + i;
    }

    assertThat(Outliers.from(statistics)).isInfinite();
  }

  @Test
  void ofNormalRecordsFewSamplesHaveOne() {
    SplittableRandom random = new SplittableRandom(4);
    int found = 0;
    for (int round = 0; round < 500; round++) {
      found += Double.isFinite(Outliers.from(exponential(random, 200))) ? 1 : 0;
    }

    assertThat(found).isLessThan(25);
  }

  private static double[] exponential(SplittableRandom random, int count) {
    return random.doubles(count).map(uniform -> -Math.log(1 - uniform)).toArray();
  }
}
