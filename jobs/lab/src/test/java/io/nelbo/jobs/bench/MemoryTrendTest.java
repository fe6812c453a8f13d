package io.nelbo.jobs.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import java.util.function.LongToDoubleFunction;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Tells a leak from noise. */
final class MemoryTrendTest {
  private static final double MIB = 1 << 20;

  private final SplittableRandom random = new SplittableRandom(3);

  @Test
  void noiseAroundALevelIsNoGrowth() {
    MemoryTrend trend = trend(400, swaps -> 100 * MIB + MIB * random.nextGaussian());

    assertThat(trend.low()).isNegative();
    assertThat(trend.high()).isPositive();
    assertThat(trend.isGrowth()).isFalse();
  }

  @Test
  void aKilobytePerSecondIsFoundInTheNoiseOfAMegabyte() {
    MemoryTrend trend =
        trend(400, swaps -> 100 * MIB + 1_024.0 * swaps + MIB * random.nextGaussian());

    assertThat(trend.bytesPerSecond()).isCloseTo(1_024, within(trend.halfWidth()));
    assertThat(trend.isGrowth()).isTrue();
  }

  @Test
  void whatFillsUpInTheBeginningDoesNotCount() {
    MemoryTrend trend =
        trend(
            400,
            swaps -> 100 * MIB + 20 * MIB * Math.min(1, swaps / 2_000.0) + random.nextGaussian());

    assertThat(trend.isGrowth()).isFalse();
  }

  @Test
  void tooFewSamplesAreNoTrend() {
    assertThatThrownBy(() -> trend(20, swaps -> MIB))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("needs 40 samples after the warm-up, got 16");
  }

  private static MemoryTrend trend(int samples, LongToDoubleFunction bytes) {
    long step = 10_000 / samples;
    List<MemorySample> taken =
        LongStream.rangeClosed(1, samples)
            .map(i -> i * step)
            .mapToObj(
                swaps -> new MemorySample(swaps, swaps, 0, (long) bytes.applyAsDouble(swaps), 0))
            .toList();
    return MemoryTrend.of(taken, MemorySample::heapBytes);
  }
}
