package io.nelbo.model.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class EffectiveSampleTest {
  private final SplittableRandom random = new SplittableRandom(4);

  @Test
  void independentValuesCountInFull() {
    double[] values = random.doubles(5000).toArray();

    assertThat(EffectiveSample.of(values)).isBetween(3500.0, 5000.0);
  }

  @Test
  void valuesRepeatedTenTimesCountOnce() {
    double[] independent = random.doubles(500).toArray();
    double[] repeated = new double[5000];
    Arrays.setAll(repeated, i -> independent[i / 10]);

    assertThat(EffectiveSample.of(repeated)).isBetween(300.0, 800.0);
  }

  @Test
  void aSlowBodyDoesNotMakeFastExtremesDependent() {
    double[] values = new double[20_000];
    Arrays.setAll(
        values,
        i -> Math.sin(i / 500.0) + (random.nextDouble() < 0.02 ? 5 * random.nextDouble() : 0));

    assertThat(EffectiveSample.of(values)).isBetween(14_000.0, 20_000.0);
  }

  @Test
  void aMovingMaximumIsWorthItsTheoreticalExtremalIndex() {
    // X_i = max of 4 independent values: clusters of exceedances have mean length 4.
    double[] independent = random.doubles(40_003).toArray();
    double[] values = new double[40_000];
    Arrays.setAll(values, i -> Arrays.stream(independent, i, i + 4).max().orElseThrow());

    assertThat(EffectiveSample.of(values)).isBetween(8_500.0, 11_500.0);
  }

  @Test
  void hoursOfTheSameLargestValueDoNotMakeTheRestWorthless() {
    // A machine is switched off for a twentieth of the time, a hundred records at a stretch.
    double[] values = random.doubles(6000).toArray();
    for (int start = 1000; start < 4000; start += 1000) {
      Arrays.fill(values, start, start + 100, 7);
    }

    assertThat(EffectiveSample.of(values)).isBetween(20.0, 1000.0);
  }

  @Test
  void aConstantIsWorthOneValue() {
    assertThat(EffectiveSample.of(new double[] {3, 3, 3, 3})).isEqualTo(1);
  }
}
