package io.nelbo.jobs.bench;

import java.util.List;
import java.util.function.ToDoubleFunction;
import org.apache.commons.math3.stat.regression.SimpleRegression;

/**
 * Slope of memory over time, after a warm-up. Samples near each other are alike, so the line goes
 * through the means of batches of them (method of batch means), of which there are few enough to be
 * nearly independent.
 *
 * @param bytesPerSecond slope
 * @param halfWidth of its 95 % interval, in bytes per second
 */
record MemoryTrend(double bytesPerSecond, double halfWidth) {
  /** Share of the time that passes before the line begins: pools fill, code is compiled. */
  static final double WARM_UP = 0.25;

  private static final int BATCHES = 20;

  /**
   * @throws IllegalArgumentException for fewer than two samples a batch
   */
  static MemoryTrend of(List<MemorySample> samples, ToDoubleFunction<MemorySample> bytes) {
    double begin = warmUpSeconds(samples);
    List<MemorySample> warm = samples.stream().filter(sample -> sample.seconds() >= begin).toList();
    if (warm.size() < 2 * BATCHES) {
      throw new IllegalArgumentException(
          "a trend needs %s samples after the warm-up, got %s".formatted(2 * BATCHES, warm.size()));
    }
    SimpleRegression line = new SimpleRegression();
    for (int batch = 0; batch < BATCHES; batch++) {
      List<MemorySample> part =
          warm.subList(batch * warm.size() / BATCHES, (batch + 1) * warm.size() / BATCHES);
      line.addData(
          part.stream().mapToDouble(MemorySample::seconds).average().orElseThrow(),
          part.stream().mapToDouble(bytes).average().orElseThrow());
    }
    return new MemoryTrend(line.getSlope(), line.getSlopeConfidenceInterval());
  }

  /** When the line begins. */
  static double warmUpSeconds(List<MemorySample> samples) {
    return WARM_UP * samples.get(samples.size() - 1).seconds();
  }

  /** Lower end of the interval, in bytes per second. */
  double low() {
    return bytesPerSecond - halfWidth;
  }

  /** Upper end of the interval, in bytes per second. */
  double high() {
    return bytesPerSecond + halfWidth;
  }

  /** Whether the whole interval lies above 0. */
  boolean isGrowth() {
    return low() > 0;
  }
}
